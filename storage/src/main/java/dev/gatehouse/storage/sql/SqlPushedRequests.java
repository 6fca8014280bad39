package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Pushed authorization requests in SQL: a row for each that waits, and one for each that was answered.
final class SqlPushedRequests implements PushedRequestStore {
    private final Db db;
    private final Sweep sweep;

    SqlPushedRequests(Db db) {
        this.db = db;
        this.sweep = new Sweep(db.engine(), "pushed_request", "digest", "dies_at");
    }

    @Override
    public boolean push(Pushed request, Instant now) {
        return db.write(Lane.DATA, session -> {
            sweep.run(session, now, SWEPT);
            if (waiting(session, request.application(), now) >= MAX_WAITING) {
                return false;
            }
            session.update(
                    "INSERT INTO pushed_request (digest, pepper, api, application, parameters, used, dies_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    request.digest().bytes(),
                    (long) request.digest().pepper(),
                    Ids.of(request.api()),
                    Ids.of(request.application()),
                    request.parameters(),
                    false,
                    Micros.of(request.until()));
            return true;
        });
    }

    private static long waiting(Session session, Id application, Instant now) {
        return session.one(
                        "SELECT COUNT(*) AS waiting FROM (SELECT 1 AS one FROM pushed_request"
                                + " WHERE application = ? AND NOT used AND dies_at > ? LIMIT ?) AS counted",
                        row -> row.number("waiting"),
                        Ids.of(application),
                        Micros.of(now),
                        (long) MAX_WAITING)
                .orElse(0L);
    }

    @Override
    public Optional<Pushed> waiting(List<Digest> digests, Id api, Instant now) {
        List<Object> bytes = digests.stream().<Object>map(Digest::bytes).toList();
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT digest, pepper, api, application, parameters, dies_at FROM pushed_request"
                                + " WHERE digest IN " + Ids.in(bytes.size())
                                + " AND api = ? AND NOT used AND dies_at > ?",
                        SqlPushedRequests::read,
                        Stream.concat(Stream.of(Ids.padded(bytes)), Stream.of(Ids.of(api), Micros.of(now)))
                                .toArray()));
    }

    private static Pushed read(Row row) {
        return new Pushed(
                Digest.of((int) row.number("pepper"), row.bytes("digest")),
                Ids.read(row, "api", Kind.API),
                Ids.read(row, "application", Kind.APPLICATION),
                row.text("parameters"),
                Micros.read(row.number("dies_at")));
    }

    /// Uses up the request that a grant answers: of any number at once, one is first. Whether its row is
    /// still there does not matter, for its time may be over while the person signs in. Only pushes sweep
    /// others out: this transaction holds rows of the person already, and who sweeps waits for whoever
    /// answers one of those.
    boolean use(Session session, Digest request, Grant answer, Instant now) {
        return session.update(
                        "INSERT INTO pushed_request (digest, pepper, api, application, parameters, used, dies_at)"
                                + " VALUES (?, ?, ?, ?, '', ?, ?) ON CONFLICT (digest) DO UPDATE"
                                + " SET used = excluded.used, parameters = '', dies_at = excluded.dies_at"
                                + " WHERE NOT pushed_request.used",
                        request.bytes(),
                        (long) request.pepper(),
                        Ids.of(answer.claims().api()),
                        Ids.of(answer.application()),
                        true,
                        Micros.of(now.plus(KEPT)))
                == 1;
    }
}
