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
    private static final String TOKEN = "api, name, digest, pepper, uses, dies_at, created_at";
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
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            session.update(
                    "DELETE FROM initial_token WHERE api = ? AND dies_at <= ?",
                    Ids.of(token.api()),
                    Micros.of(act.at()));
            long there = session.one(
                            "SELECT COUNT(*) AS tokens FROM initial_token WHERE api = ?",
                            row -> row.number("tokens"),
                            Ids.of(token.api()))
                    .orElse(0L);
            if (there >= MAX_TOKENS) {
                return new Stored.Full<>("at most " + MAX_TOKENS + " initial access tokens of an Api");
            }
            if (!Insert.into(
                    session,
                    "initial_token",
                    TOKEN,
                    List.of(
                            Ids.of(token.api()),
                            token.name(),
                            token.digest().bytes(),
                            (long) token.digest().pepper(),
                            token.uses(),
                            Micros.of(token.until()),
                            Micros.of(token.createdAt())))) {
                return new Stored.Conflict<>("the Api has an initial access token of this name");
            }
            audit(transaction, "initial_token.add", token);
            return new Stored.Done<>(found(session, token.api(), token.name()).orElseThrow());
        });
    }

    private static void audit(Transaction transaction, String verb, InitialToken token) {
        transaction.audit(
                verb,
                Optional.empty(),
                token.api(),
                Detail.of("name", token.name()).with("uses", token.uses()).with("until", token.until()));
    }

    private static Optional<InitialToken> found(Session session, Id api, String name) {
        return session.one(
                "SELECT " + TOKEN + " FROM initial_token WHERE api = ? AND name = ?",
                SqlRegistrations::token,
                Ids.of(api),
                name);
    }

    private static InitialToken token(Row row) {
        return new InitialToken(
                Ids.read(row, "api", Kind.API),
                row.text("name"),
                Digest.of((int) row.number("pepper"), row.bytes("digest")),
                row.number("uses"),
                Micros.read(row.number("dies_at")),
                Micros.read(row.number("created_at")));
    }

    @Override
    public List<InitialToken> tokens(Id api) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + TOKEN + " FROM initial_token WHERE api = ? ORDER BY name LIMIT ?",
                        SqlRegistrations::token,
                        Ids.of(api),
                        (long) MAX_TOKENS));
    }

    @Override
    public Stored<InitialToken> withdraw(Id api, String name, Act act) {
        return writes.run(
                Writes.Effect.WIDENS,
                act,
                transaction -> transaction
                        .session()
                        .one(
                                "DELETE FROM initial_token WHERE api = ? AND name = ? RETURNING " + TOKEN,
                                SqlRegistrations::token,
                                Ids.of(api),
                                name)
                        .<Stored<InitialToken>>map(gone -> {
                            audit(transaction, "initial_token.withdraw", gone);
                            return new Stored.Done<>(gone);
                        })
                        .orElseGet(Stored.Missing::new));
    }

    @Override
    public Optional<InitialToken> good(Id api, List<Digest> digests, Instant now) {
        List<Object> bytes = digests.stream().<Object>map(Digest::bytes).toList();
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT " + TOKEN + " FROM initial_token WHERE digest IN " + Ids.in(bytes.size())
                                + " AND api = ? AND uses > 0 AND dies_at > ?",
                        SqlRegistrations::token,
                        Ids.padded(bytes, Ids.of(api), Micros.of(now))));
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
            Optional<String> used = initial.isEmpty() ? Optional.of("") : used(session, registered.api(), initial, act);
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

    private static Optional<String> used(Session session, Id api, List<Digest> initial, Act act) {
        List<Object> bytes = initial.stream().<Object>map(Digest::bytes).toList();
        return session.one(
                "UPDATE initial_token SET uses = uses - 1 WHERE digest IN " + Ids.in(bytes.size())
                        + " AND api = ? AND uses > 0 AND dies_at > ? RETURNING name",
                row -> row.text("name"),
                Ids.padded(bytes, Ids.of(api), Micros.of(act.at())));
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
