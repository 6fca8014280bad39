package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.KeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Signing and sealing keys in SQL. Each step is conditional on the version of the row; that one key is active
/// and one prepared for each Api and use is kept by unique indexes.
final class SqlKeys implements KeyStore {
    private static final String COLUMNS =
            "id, api, purpose, algorithm, state, public_part, encrypted, created_at, activated_at, retired_at,"
                    + " version";

    /// Whether the audit trail knows a later state of a key than its row: the row was put back as it once was,
    /// and opens like any other (GAUNTLET N03).
    private static final String PUT_BACK = """
            CASE WHEN EXISTS (SELECT 1 FROM audit WHERE audit.target = stored_key.id AND (
                audit.verb = 'key.withdraw'
                OR audit.verb = 'key.retire' AND stored_key.state IN ('active', 'prepared')
                OR audit.verb = 'key.activate' AND stored_key.state = 'prepared')) THEN 1 ELSE 0 END AS put_back""";

    private final Db db;
    private final Writes writes;

    SqlKeys(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    @Override
    public Stored<StoredKey> prepare(StoredKey key, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            if (key.api().isPresent() && home(session, key).isEmpty()) {
                return new Stored.Missing<>();
            }
            int inserted = session.update(
                    "INSERT INTO stored_key (id, api, purpose, algorithm, state, public_part, encrypted, created_at, version)"
                            + " VALUES (?, ?, ?, ?, 'prepared', ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    Ids.of(key.id()),
                    Ids.of(key.api()),
                    wire(key.use()),
                    key.algorithm(),
                    key.publicPart(),
                    key.encrypted().bytes(),
                    Micros.of(key.createdAt()),
                    key.version());
            return inserted == 0
                    ? new Stored.Conflict<>("a key is prepared already")
                    : recorded(
                            transaction, "key.prepare", one(session, key.id()).orElseThrow());
        });
    }

    @Override
    public Stored<List<StoredKey>> advance(List<KeyStep> steps, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            List<StoredKey> advanced = new ArrayList<>();
            for (KeyStep step : steps) {
                if (!stepped(transaction.session(), step)) {
                    return new Stored.Conflict<>(
                            "somebody else changed the key " + step.before().id());
                }
                advanced.add(step.after());
                record(transaction, step.verb(), step.after());
            }
            return new Stored.Done<>(advanced);
        });
    }

    private static boolean stepped(Session session, KeyStep step) {
        StoredKey after = step.after();
        return session.update(
                        "UPDATE stored_key SET state = ?, encrypted = ?, activated_at = ?, retired_at = ?, version = ?"
                                + " WHERE id = ? AND version = ? AND state = ?",
                        wire(after.state()),
                        after.encrypted().bytes(),
                        Session.number(after.activatedAt().map(Micros::of)),
                        Session.number(after.retiredAt().map(Micros::of)),
                        after.version(),
                        Ids.of(after.id()),
                        step.before().version(),
                        wire(step.before().state()))
                == 1;
    }

    @Override
    public Stored<Id> withdraw(Id key, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            if (!there(session, key)) {
                return new Stored.Missing<>();
            }
            if (one(session, key).isEmpty()) {
                // It breaks the table's own rules, so that it cannot be changed to anything.
                session.update("DELETE FROM stored_key WHERE id = ?", Ids.of(key));
                recordUnsound(transaction, "key.withdraw", key);
                return new Stored.Done<>(key);
            }
            int withdrawn = session.update(
                    "UPDATE stored_key SET state = 'withdrawn', encrypted = ?, retired_at = COALESCE(retired_at, ?),"
                            + " version = CASE WHEN version BETWEEN 0 AND ? THEN version + 1 ELSE 0 END"
                            + " WHERE id = ? AND (state <> 'withdrawn' OR length(encrypted) > 0)",
                    new byte[0],
                    Micros.of(act.at()),
                    Long.MAX_VALUE - 1,
                    Ids.of(key));
            if (withdrawn == 1) {
                one(session, key).ifPresent(row -> record(transaction, "key.withdraw", row));
            }
            return new Stored.Done<>(key);
        });
    }

    private static boolean there(Session session, Id key) {
        return session.one("SELECT 1 AS found FROM stored_key WHERE id = ?", _ -> true, Ids.of(key))
                .isPresent();
    }

    @Override
    public Optional<StoredKey> key(Id key) {
        return db.read(Lane.WHOLE, session -> one(session, key));
    }

    @Override
    public StoredKeys keys() {
        return db.read(Lane.WHOLE, session -> {
            List<StoredKey> sound = new ArrayList<>();
            List<Id> unsound = new ArrayList<>();
            session.list(
                    "SELECT " + COLUMNS + ", " + PUT_BACK
                            + " FROM stored_key WHERE state <> 'withdrawn' OR length(encrypted) > 0"
                            + " ORDER BY created_at, id",
                    row -> readable(row)
                            .filter(key -> key.state() != StoredKey.State.WITHDRAWN && row.number("put_back") == 0)
                            .map(sound::add)
                            .orElseGet(() -> unsound.add(Ids.read(row, "id", Kind.KEY))));
            return new StoredKeys(sound, unsound);
        });
    }

    /// A row that says what a key can say.
    private static Optional<StoredKey> readable(Row row) {
        try {
            return Optional.of(read(row));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static Stored<StoredKey> recorded(Transaction transaction, String verb, StoredKey key) {
        record(transaction, verb, key);
        return new Stored.Done<>(key);
    }

    private static void record(Transaction transaction, String verb, StoredKey key) {
        transaction.changed(key.id());
        transaction.audit(
                verb,
                home(transaction.session(), key),
                key.id(),
                Detail.of("use", wire(key.use()))
                        .with("algorithm", key.algorithm())
                        .with("api", key.api().map(Id::text).orElse("")));
    }

    private static void recordUnsound(Transaction transaction, String verb, Id key) {
        transaction.changed(key);
        transaction.audit(verb, root(transaction.session()), key, Detail.of("row", "unreadable"));
    }

    /// The organization of the key's Api; the root's for a key of the installation, when there is a root.
    private static Optional<Id> home(Session session, StoredKey key) {
        return key.api()
                .map(api -> session.one(
                        "SELECT organization FROM api WHERE id = ?",
                        row -> Ids.read(row, "organization", Kind.ORGANIZATION),
                        Ids.of(api)))
                .orElseGet(() -> root(session));
    }

    private static Optional<Id> root(Session session) {
        return session.one(
                "SELECT id FROM organization WHERE depth = 1", row -> Ids.read(row, "id", Kind.ORGANIZATION));
    }

    private static Optional<StoredKey> one(Session session, Id id) {
        return session.one("SELECT " + COLUMNS + " FROM stored_key WHERE id = ?", SqlKeys::readable, Ids.of(id))
                .flatMap(Function.identity());
    }

    private static StoredKey read(Row row) {
        return new StoredKey(
                Ids.read(row, "id", Kind.KEY),
                Ids.maybe(row, "api", Kind.API),
                word(StoredKey.Use.values(), row.text("purpose")),
                row.text("algorithm"),
                word(StoredKey.State.values(), row.text("state")),
                row.text("public_part"),
                Encrypted.of(row.bytes("encrypted")),
                Micros.read(row.number("created_at")),
                row.maybeNumber("activated_at").map(Micros::read),
                row.maybeNumber("retired_at").map(Micros::read),
                row.number("version"));
    }

    private static <E extends Enum<E>> E word(E[] words, String text) {
        return Arrays.stream(words)
                .filter(word -> wire(word).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static String wire(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
