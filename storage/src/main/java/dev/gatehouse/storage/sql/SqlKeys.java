package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Isolation;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Signing and sealing keys in SQL. That one key is active for each Api and use is an invariant over several
/// rows: `activate` runs SERIALIZABLE, and a unique index stands behind it.
final class SqlKeys implements KeyStore {
    private static final String COLUMNS =
            "id, api, purpose, algorithm, state, public_part, encrypted, created_at, activated_at, retired_at";

    private final Db db;
    private final Writes writes;

    SqlKeys(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    @Override
    public Stored<StoredKey> prepare(StoredKey key, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            if (key.api().isPresent() && home(session, key).isEmpty()) {
                return new Stored.Missing<>();
            }
            int inserted = session.update(
                    "INSERT INTO stored_key (id, api, purpose, algorithm, state, public_part, encrypted, created_at)"
                            + " VALUES (?, ?, ?, ?, 'prepared', ?, ?, ?) ON CONFLICT DO NOTHING",
                    Ids.of(key.id()),
                    Ids.of(key.api()),
                    wire(key.use()),
                    key.algorithm(),
                    key.publicPart(),
                    key.encrypted().bytes(),
                    Micros.of(key.createdAt()));
            return inserted == 0
                    ? new Stored.Conflict<>("the id is in use")
                    : recorded(
                            transaction, "key.prepare", one(session, key.id()).orElseThrow());
        });
    }

    @Override
    public Stored<StoredKey> activate(Id key, Act act) {
        return writes.run(Writes.Effect.NARROWS, Isolation.SERIALIZABLE, act, transaction -> {
            Session session = transaction.session();
            Optional<StoredKey> prepared = one(session, key);
            if (prepared.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (prepared.get().state() != StoredKey.State.PREPARED) {
                return new Stored.Conflict<>("the key is not prepared");
            }
            long now = Micros.of(act.at());
            session.update(
                    "UPDATE stored_key SET state = 'retired', retired_at = ?"
                            + " WHERE state = 'active' AND purpose = ? AND api IS NOT DISTINCT FROM ?",
                    now,
                    wire(prepared.get().use()),
                    Ids.of(prepared.get().api()));
            return session.one(
                            "UPDATE stored_key SET state = 'active', activated_at = ?"
                                    + " WHERE id = ? AND state = 'prepared' RETURNING " + COLUMNS,
                            SqlKeys::read,
                            now,
                            Ids.of(key))
                    .map(active -> recorded(transaction, "key.activate", active))
                    .orElseGet(() -> new Stored.Conflict<>("the key is not prepared"));
        });
    }

    @Override
    public Stored<StoredKey> withdraw(Id key, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<StoredKey> withdrawn = session.one(
                    "UPDATE stored_key SET state = 'withdrawn', encrypted = ?, retired_at = COALESCE(retired_at, ?)"
                            + " WHERE id = ? AND state <> 'withdrawn' RETURNING " + COLUMNS,
                    SqlKeys::read,
                    new byte[0],
                    Micros.of(act.at()),
                    Ids.of(key));
            return withdrawn
                    .map(found -> recorded(transaction, "key.withdraw", found))
                    .or(() -> one(session, key).map(Stored.Done::new))
                    .orElseGet(Stored.Missing::new);
        });
    }

    @Override
    public List<StoredKey> keys() {
        return db.read(
                Lane.WHOLE,
                session -> SoundRows.list(
                        session,
                        "stored_key",
                        "SELECT " + COLUMNS + " FROM stored_key WHERE state <> 'withdrawn' ORDER BY created_at, id",
                        SqlKeys::read));
    }

    private static Stored<StoredKey> recorded(Transaction transaction, String verb, StoredKey key) {
        transaction.changed(key.id());
        transaction.audit(
                verb,
                home(transaction.session(), key),
                key.id(),
                Detail.of("use", wire(key.use()))
                        .with("algorithm", key.algorithm())
                        .with("api", key.api().map(Id::text).orElse("")));
        return new Stored.Done<>(key);
    }

    /// The organization of the key's Api; the root's for a key of the installation, when there is a root.
    private static Optional<Id> home(Session session, StoredKey key) {
        return key.api()
                .map(api -> session.one(
                        "SELECT organization FROM api WHERE id = ?",
                        row -> Ids.read(row, "organization", Kind.ORGANIZATION),
                        Ids.of(api)))
                .orElseGet(() -> session.one(
                        "SELECT id FROM organization WHERE depth = 1", row -> Ids.read(row, "id", Kind.ORGANIZATION)));
    }

    private static Optional<StoredKey> one(Session session, Id id) {
        return session.one("SELECT " + COLUMNS + " FROM stored_key WHERE id = ?", SqlKeys::read, Ids.of(id));
    }

    private static StoredKey read(Row row) {
        return new StoredKey(
                Ids.read(row, "id", Kind.KEY),
                Ids.maybe(row, "api", Kind.API),
                StoredKey.Use.valueOf(row.text("purpose").toUpperCase(Locale.ROOT)),
                row.text("algorithm"),
                StoredKey.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.text("public_part"),
                Encrypted.of(row.bytes("encrypted")),
                Micros.read(row.number("created_at")),
                row.maybeNumber("activated_at").map(Micros::read),
                row.maybeNumber("retired_at").map(Micros::read));
    }

    private static String wire(StoredKey.Use use) {
        return use.name().toLowerCase(Locale.ROOT);
    }
}
