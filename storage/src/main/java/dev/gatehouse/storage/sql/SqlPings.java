package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;

/// Clients that are still to be told that a person has answered, in SQL. A row waits until the person has.
final class SqlPings {
    private static final int SWEPT = 64;
    private static final String PING = "code, code_pepper, application, said";

    /// Where they stand.
    static final OutboxRows.Table<Ping> TABLE = new OutboxRows.Table<>(
            "request_notice",
            "code",
            "code",
            "since",
            PING,
            true,
            SqlPings::ping,
            ping -> List.of(ping.request().bytes()));

    private SqlPings() {}

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
                "INSERT INTO request_notice (" + PING + ", since, attempt, tries, due_at, ends_at)"
                        + " VALUES (?, ?, ?, ?, 0, 0, 0, NULL, ?)",
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

    private static Ping ping(Row row) {
        return new Ping(
                Digest.of((int) row.number("code_pepper"), row.bytes("code")),
                Ids.read(row, "application", Kind.APPLICATION),
                Encrypted.of(row.bytes("said")));
    }
}
