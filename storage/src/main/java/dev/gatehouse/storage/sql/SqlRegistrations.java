package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Clients that registered themselves, in SQL.
final class SqlRegistrations implements RegistrationStore {
    private static final String CLIENT = "application, api, digest, pepper, metadata, taken_at";
    private static final String KEPT = CLIENT + ", used_at";

    private final Db db;
    private final Writes writes;

    SqlRegistrations(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    @Override
    public Stored<InitialToken> issue(InitialToken token, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> InitialTokens.issued(transaction, token));
    }

    @Override
    public List<InitialToken> tokens(Id api) {
        return db.read(Lane.ADMIN, session -> InitialTokens.of(session, api));
    }

    @Override
    public Stored<InitialToken> withdraw(Id api, String name, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> InitialTokens.withdrawn(transaction, api, name));
    }

    @Override
    public Optional<InitialToken> good(Id api, List<Digest> digests, Instant now) {
        return db.read(Lane.DATA, session -> InitialTokens.good(session, api, digests, now));
    }

    /// The turn is waited for, so that whoever counts has seen all that registered before.
    @Override
    public Stored<Application> register(
            Application application,
            List<Credential> credentials,
            Registered registered,
            List<Digest> initial,
            long most,
            Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<String> used = initial.isEmpty()
                    ? Optional.of("")
                    : InitialTokens.used(session, registered.api(), initial, act.at());
            if (used.isEmpty()) {
                return new Stored.Missing<>();
            }
            session.update(
                    "INSERT INTO registration_turn (api, turns) VALUES (?, 1)"
                            + " ON CONFLICT (api) DO UPDATE SET turns = registration_turn.turns + 1",
                    Ids.of(registered.api()));
            long room = initial.isEmpty() ? most : 2 * most;
            if (there(session, registered, room) >= room) {
                return new Stored.Full<>("at most " + most + " clients that registered themselves");
            }
            Stored<Application> stored = Additions.application(transaction, application);
            if (!(stored instanceof Stored.Done<Application>)) {
                return stored;
            }
            for (Credential credential : credentials) {
                Stored<Credential> added = Additions.credential(transaction, credential);
                if (!(added instanceof Stored.Done<Credential>)) {
                    return added.map(_ -> application);
                }
            }
            Insert.into(
                    session,
                    "registered_client",
                    KEPT,
                    List.of(
                            Ids.of(registered.application()),
                            Ids.of(registered.api()),
                            Session.bytes(registered.token().map(Digest::bytes)),
                            Session.number(registered.token().map(digest -> (long) digest.pepper())),
                            registered.metadata(),
                            Micros.of(registered.at()),
                            Micros.of(registered.at())));
            transaction.audit(
                    "application.register",
                    Optional.of(application.organization()),
                    application.id(),
                    Detail.of("api", registered.api()).with("initial_token", used.get()));
            return stored;
        });
    }

    private static long there(Session session, Registered like, long most) {
        return session.one(
                        "SELECT COUNT(*) AS clients FROM (SELECT 1 AS one FROM registered_client"
                                + " JOIN application ON application.id = registered_client.application"
                                + " WHERE registered_client.api = ? AND (registered_client.digest IS NULL) = ?"
                                + " AND NOT application.revoked LIMIT ?) AS counted",
                        row -> row.number("clients"),
                        Ids.of(like.api()),
                        like.token().isEmpty(),
                        most)
                .orElse(0L);
    }

    @Override
    public Optional<Registered> registered(Id application) {
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT " + CLIENT + " FROM registered_client WHERE application = ?",
                        SqlRegistrations::client,
                        Ids.of(application)));
    }

    private static Registered client(Row row) {
        return new Registered(
                Ids.read(row, "application", Kind.APPLICATION),
                Ids.read(row, "api", Kind.API),
                row.maybeNumber("pepper").map(pepper -> Digest.of(pepper.intValue(), row.bytes("digest"))),
                row.text("metadata"),
                Micros.read(row.number("taken_at")));
    }

    @Override
    public List<Credential> live(Id application, String name) {
        return db.read(
                Lane.DATA,
                session -> session.list(
                        "SELECT " + CredentialColumns.ALL
                                + " FROM credential WHERE application = ? AND name = ? AND NOT revoked LIMIT ?",
                        CredentialColumns::read,
                        Ids.of(application),
                        name,
                        (long) MemberStore.MAX_CREDENTIALS));
    }

    @Override
    public Stored<Application> alter(
            Application before, Application after, List<Change> changes, Registered registered, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Stored<Application> stored = Replacements.application(transaction, before, after);
            if (!(stored instanceof Stored.Done<Application>(Application replaced, var _))) {
                return stored;
            }
            if (!changes.isEmpty() && !stepped(transaction, before, replaced)) {
                return new Stored.Moved<>();
            }
            for (Change change : changes) {
                Stored<Credential> changed = changed(transaction, change);
                if (!(changed instanceof Stored.Done<Credential>)) {
                    return changed.map(_ -> after);
                }
            }
            int kept = transaction
                    .session()
                    .update(
                            "UPDATE registered_client SET metadata = ?, taken_at = ? WHERE application = ?",
                            registered.metadata(),
                            Micros.of(registered.at()),
                            Ids.of(registered.application()));
            return kept == 1 ? stored : new Stored.Missing<>();
        });
    }

    /// Where nothing of the application itself differs, its version tells of the credentials.
    private static boolean stepped(Transaction transaction, Application before, Application replaced) {
        long version = before.standing().version();
        return replaced.standing().version() != version
                || transaction
                                .session()
                                .update(
                                        "UPDATE application SET version = version + 1 WHERE id = ? AND version = ?",
                                        Ids.of(before.id()),
                                        version)
                        == 1;
    }

    private static Stored<Credential> changed(Transaction transaction, Change change) {
        Stored<Credential> ended = change.old()
                .map(old -> ended(transaction, old))
                .orElseGet(() -> new Stored.Done<>(change.successor().orElseThrow()));
        return ended instanceof Stored.Done<Credential> && change.successor().isPresent()
                ? Additions.credential(transaction, change.successor().get())
                : ended;
    }

    /// One that is held stays as it is: who holds it lifts that.
    private static Stored<Credential> ended(Transaction transaction, Credential old) {
        Session session = transaction.session();
        Optional<Credential> found = SqlMembers.credential(session, old.id());
        if (found.filter(one -> !one.standing().holds().isEmpty()).isPresent()) {
            return new Stored.Forbidden<>(Stored.Rule.HELD_ABOVE);
        }
        if (session.update(
                        "UPDATE credential SET revoked = TRUE, version = version + 1"
                                + " WHERE id = ? AND version = ? AND NOT revoked",
                        Ids.of(old.id()),
                        old.standing().version())
                == 0) {
            return new Stored.Moved<>();
        }
        Copies.endOf(session, old.id());
        session.update("UPDATE application SET credentials = credentials - 1 WHERE id = ?", Ids.of(old.holder()));
        transaction.changed(old.id(), old.holder());
        transaction.audit("credential.revoke", Optional.of(old.organization()), old.id(), Detail.none());
        return new Stored.Done<>(found.orElseThrow());
    }
}
