package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.PasskeyStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keys that people sign in with, in SQL.
final class SqlPasskeys implements PasskeyStore {
    private static final String ALL = "id, person, credential, credential_generation, membership, member_generation,"
            + " site, name, public_key, counter, synced, sure, created_at, used_at, copied_at";

    private final Db db;
    private final Writes writes;
    private final GrantEnds grants;

    SqlPasskeys(Db db, Writes writes, GrantEnds grants) {
        this.db = db;
        this.writes = writes.ofDataPlane();
        this.grants = grants;
    }

    @Override
    public Stored<Passkey> add(Passkey passkey, Id by, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, passkey.user());
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (person.get().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            if (SqlSessions.kept(session, by, act.at())
                    .filter(passkey.user()::equals)
                    .isEmpty()) {
                return new Stored.Conflict<>("the session is over");
            }
            if (of(session, passkey.user()).size() >= MAX_PASSKEYS) {
                return new Stored.Full<>("a user has at most " + MAX_PASSKEYS + " passkeys");
            }
            Root root = passkey.root();
            int added = session.update(
                    "INSERT INTO passkey (" + ALL + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)"
                            + " ON CONFLICT DO NOTHING",
                    passkey.id().toArray(),
                    Ids.of(passkey.user()),
                    Ids.of(root.password()),
                    root.passwordGeneration(),
                    Ids.of(root.membership()),
                    root.memberGeneration(),
                    passkey.site(),
                    passkey.name(),
                    passkey.key().toArray(),
                    passkey.counter(),
                    passkey.synced(),
                    passkey.sure(),
                    Micros.of(passkey.createdAt()));
            if (added == 0) {
                return new Stored.Conflict<>("the passkey is known");
            }
            transaction.audit("passkey.add", Optional.of(person.get().home()), passkey.user(), named(passkey));
            return new Stored.Done<>(one(session, passkey.id()).orElseThrow());
        });
    }

    @Override
    public Optional<Passkey> passkey(Bytes id) {
        return db.read(Lane.DATA, session -> one(session, id));
    }

    private static Optional<Passkey> one(Session session, Bytes id) {
        return session.one("SELECT " + ALL + " FROM passkey WHERE id = ?", SqlPasskeys::read, (Object) id.toArray());
    }

    @Override
    public List<Passkey> passkeys(Id user) {
        return user.kind() == Kind.USER ? db.read(Lane.DATA, session -> of(session, user)) : List.of();
    }

    private static List<Passkey> of(Session session, Id user) {
        return session.list(
                "SELECT " + ALL + " FROM passkey WHERE person = ? ORDER BY created_at, id",
                SqlPasskeys::read,
                Ids.of(user));
    }

    private static Passkey read(Row row) {
        return new Passkey(
                Bytes.of(row.bytes("id")),
                Ids.read(row, "person", Kind.USER),
                new Root(
                        Ids.read(row, "credential", Kind.CREDENTIAL),
                        row.number("credential_generation"),
                        Ids.read(row, "membership", Kind.MEMBERSHIP),
                        row.number("member_generation")),
                row.text("site"),
                row.text("name"),
                Bytes.of(row.bytes("public_key")),
                row.number("counter"),
                row.flag("synced"),
                row.flag("sure"),
                Micros.read(row.number("created_at")),
                row.maybeNumber("used_at").map(Micros::read),
                row.maybeNumber("copied_at").map(Micros::read));
    }

    private static Detail named(Passkey passkey) {
        return Detail.of("passkey", passkey.name());
    }

    @Override
    public Stored<Use> used(Passkey read, long counter, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session sql = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(sql, read.user());
            Optional<Passkey> passkey = own(sql, read.user(), read.id());
            if (person.isEmpty() || passkey.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (counted(sql, read, counter, act.at())) {
                return new Stored.Done<>(Use.COUNTED);
            }
            sql.update(
                    "UPDATE passkey SET copied_at = ? WHERE id = ?",
                    Micros.of(act.at()),
                    read.id().toArray());
            transaction.audit("passkey.copied", Optional.of(person.get().home()), read.user(), named(passkey.get()));
            return new Stored.Done<>(Use.COPIED);
        });
    }

    private static Optional<Passkey> own(Session sql, Id user, Bytes id) {
        return one(sql, id).filter(passkey -> passkey.user().equals(user));
    }

    @Override
    public Stored<Id> opened(Passkey read, Id session, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session sql = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(sql, read.user());
            Optional<Passkey> passkey = own(sql, read.user(), read.id());
            boolean open = SqlSessions.kept(sql, session, act.at())
                    .filter(read.user()::equals)
                    .isPresent();
            if (person.isEmpty() || passkey.isEmpty() || !open) {
                return new Stored.Missing<>();
            }
            sql.update(
                    "UPDATE login_session SET passkey = ? WHERE id = ?",
                    read.id().toArray(),
                    Ids.of(session));
            transaction.audit(
                    "passkey.use",
                    Optional.of(person.get().home()),
                    read.user(),
                    named(passkey.get()).with("session", session));
            return new Stored.Done<>(session);
        });
    }

    private static boolean counted(Session sql, Passkey read, long counter, Instant now) {
        return sql.update(
                        "UPDATE passkey SET counter = ?, used_at = ?"
                                + " WHERE id = ? AND (counter < ? OR (counter = 0 AND ? = 0))",
                        counter,
                        Micros.of(now),
                        read.id().toArray(),
                        counter,
                        counter)
                == 1;
    }

    @Override
    public Stored<Long> remove(Id user, Bytes id, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            Optional<Passkey> own = own(session, user, id);
            if (own.isEmpty()) {
                return new Stored.Done<>(0L);
            }
            session.update("DELETE FROM passkey WHERE id = ?", (Object) id.toArray());
            List<Id> ended = session.list(
                    "UPDATE login_session SET ended = TRUE WHERE passkey = ? AND NOT ended RETURNING id",
                    row -> Ids.read(row, "id", Kind.SESSION),
                    (Object) id.toArray());
            return done(transaction, "passkey.remove", person.get(), user, named(own.get()), ended);
        });
    }

    @Override
    public Stored<Long> clear(Id user, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            int gone = session.update("DELETE FROM passkey WHERE person = ?", Ids.of(user))
                    + session.update("DELETE FROM second_factor WHERE person = ?", Ids.of(user))
                    + session.update("DELETE FROM recovery_code WHERE person = ?", Ids.of(user));
            if (gone == 0) {
                return new Stored.Done<>(0L);
            }
            List<Id> ended = session.list(
                    "UPDATE login_session SET ended = TRUE WHERE person = ? AND NOT ended"
                            + " AND (passkey IS NOT NULL OR ' ' || methods || ' ' LIKE '% mfa %') RETURNING id",
                    row -> Ids.read(row, "id", Kind.SESSION), Ids.of(user));
            return done(transaction, "factor.clear", person.get(), user, Detail.none(), ended);
        });
    }

    private Stored<Long> done(
            Transaction transaction, String verb, Persons.Locked person, Id user, Detail detail, List<Id> ended) {
        ended.forEach(one -> {
            transaction.changed(one);
            grants.ofLogin(transaction, one);
            LogoutNotices.ofLogin(transaction, one);
        });
        transaction.audit(verb, Optional.of(person.home()), user, detail.with("sessions", ended.size()));
        return new Stored.Done<>((long) ended.size());
    }
}
