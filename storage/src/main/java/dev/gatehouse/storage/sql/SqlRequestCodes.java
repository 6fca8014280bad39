package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.RequestCodeStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// The codes by which people let clients send them requests, in SQL.
final class SqlRequestCodes implements RequestCodeStore {
    private static final String ALL = "person, id, digest, pepper, stretch, since";

    private final Db db;
    private final Writes writes;

    SqlRequestCodes(Db db, Writes writes) {
        this.db = db;
        this.writes = writes.ofDataPlane();
    }

    @Override
    public Optional<RequestCode> code(Id user) {
        return db.read(Lane.DATA, session -> code(session, user));
    }

    private static Optional<RequestCode> code(Session session, Id user) {
        return session.one(
                "SELECT " + ALL + " FROM request_code WHERE person = ?", SqlRequestCodes::read, Ids.of(user));
    }

    private static RequestCode read(Row row) {
        return new RequestCode(
                Ids.read(row, "id", Kind.CREDENTIAL),
                Ids.read(row, "person", Kind.USER),
                Digest.of((int) row.number("pepper"), row.bytes("digest")),
                row.text("stretch"),
                Micros.read(row.number("since")));
    }

    @Override
    public Stored<RequestCode> set(RequestCode code, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Optional<Persons.Locked> person = Persons.locked(transaction.session(), code.user());
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (person.get().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            transaction
                    .session()
                    .update(
                            "INSERT INTO request_code (" + ALL + ") VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person)"
                                    + " DO UPDATE SET id = excluded.id, digest = excluded.digest,"
                                    + " pepper = excluded.pepper, stretch = excluded.stretch, since = excluded.since",
                            Ids.of(code.user()),
                            Ids.of(code.id()),
                            code.digest().bytes(),
                            (long) code.digest().pepper(),
                            code.stretch(),
                            Micros.of(code.since()));
            transaction.audit("request_code.set", Optional.of(person.get().home()), code.user(), Detail.none());
            return code(transaction.session(), code.user())
                    .<Stored<RequestCode>>map(Stored.Done::new)
                    .orElseGet(Stored.Missing::new);
        });
    }

    @Override
    public Stored<RequestCode> remove(Id user, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Optional<Persons.Locked> person = Persons.locked(transaction.session(), user);
            Optional<RequestCode> gone = transaction
                    .session()
                    .one(
                            "DELETE FROM request_code WHERE person = ? RETURNING " + ALL,
                            SqlRequestCodes::read,
                            Ids.of(user));
            if (person.isEmpty() || gone.isEmpty()) {
                return new Stored.Missing<>();
            }
            transaction.audit("request_code.remove", Optional.of(person.get().home()), user, Detail.none());
            return new Stored.Done<>(gone.get());
        });
    }
}
