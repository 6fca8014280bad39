package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.PingStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;

/// Clients that are still to be told that a person has answered, in SQL. A row waits until the person has.
final class SqlPings implements PingStore {
    private static final int SWEPT = 64;
    private static final String DUE = "code, code_pepper, application, said, since, attempt, tries";

    private final Db db;
    private final Writes writes;
    private final OutboxRows rows;

    SqlPings(Db db, Writes writes) {
        this.db = db;
        this.writes = writes.ofDataPlane();
        this.rows = new OutboxRows(db, "request_notice", "code");
    }

    /// What sweeps them, with each request that is kept.
    static Sweep sweep(Db db) {
        return new Sweep(db.engine(), "request_notice", "code", "ends_at");
    }

    /// Takes out some that are over.
    static void swept(Sweep sweep, Session session, Instant now) {
        sweep.run(session, now, SWEPT);
    }

    /// Keeps what is to be said, in the transaction that keeps the request.
    static void keep(Session session, DeviceStore.Waiting request, Encrypted said) {
        session.update(
                "INSERT INTO request_notice (" + DUE + ", due_at, ends_at) VALUES (?, ?, ?, ?, 0, 0, 0, NULL, ?)",
                request.code().bytes(),
                (long) request.code().pepper(),
                Ids.of(request.application()),
                said.bytes(),
                Micros.of(request.until().plus(DeviceStore.KEPT)));
    }

    /// The person answers: it is due now. A client that is told may ask at once, however lately it asked.
    static void answered(Session session, Digest code, Instant now) {
        int told = session.update(
                "UPDATE request_notice SET since = ?, due_at = ? WHERE code = ? AND due_at IS NULL",
                Micros.of(now),
                Micros.of(now),
                code.bytes());
        if (told == 1) {
            session.update("UPDATE device_request SET polled_at = 0 WHERE code = ?", code.bytes());
        }
    }

    /// A node that comes second finds that what it saw is not due any more.
    @Override
    public List<Due> take(int most, int ofApplication, Instant now) {
        return !rows.due(now)
                ? List.of()
                : db.write(
                        Lane.ADMIN,
                        session -> session.list(
                                "UPDATE request_notice SET attempt = attempt + 1, due_at = ? WHERE due_at <= ?"
                                        + " AND code IN (SELECT code FROM (SELECT code, due_at, ROW_NUMBER() OVER"
                                        + " (PARTITION BY application ORDER BY due_at, code) AS place"
                                        + " FROM request_notice WHERE due_at <= ?) AS due"
                                        + " WHERE place <= ? ORDER BY due_at LIMIT ?) RETURNING " + DUE,
                                SqlPings::due,
                                Micros.of(now.plus(LEASE)),
                                Micros.of(now),
                                Micros.of(now),
                                (long) ofApplication,
                                (long) most));
    }

    private static Due due(Row row) {
        return new Due(
                Digest.of((int) row.number("code_pepper"), row.bytes("code")),
                Ids.read(row, "application", Kind.APPLICATION),
                Encrypted.of(row.bytes("said")),
                Micros.read(row.number("since")),
                row.number("attempt"),
                row.number("tries"));
    }

    @Override
    public void delivered(Due due) {
        rows.delivered(due.attempt(), (Object) due.request().bytes());
    }

    @Override
    public void again(Due due, Instant at) {
        rows.again(at, due.tries(), due.attempt(), (Object) due.request().bytes());
    }

    @Override
    public Stored<Due> giveUp(Due due, String why, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (!rows.gone(
                    transaction.session(), due.attempt(), (Object) due.request().bytes())) {
                return new Stored.Missing<>();
            }
            transaction.audit(
                    "request.undelivered",
                    SqlLogouts.home(transaction.session(), due.application()),
                    due.application(),
                    Detail.of("why", why).with("attempts", due.tries()));
            return new Stored.Done<>(due);
        });
    }
}
