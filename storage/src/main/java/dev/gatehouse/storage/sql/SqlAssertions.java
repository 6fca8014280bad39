package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import java.time.Instant;

/// Used assertions in SQL: a row for each, until it is over.
final class SqlAssertions implements AssertionStore {
    private final Db db;
    private final Sweep sweep;

    SqlAssertions(Db db) {
        this.db = db;
        this.sweep = new Sweep(db.engine(), "used_assertion", "application, jti", "expires_at");
    }

    /// Whoever comes second waits for the first and then finds its row. One that is over and not yet swept out is
    /// in nobody's way.
    @Override
    public boolean use(Id application, Bytes jti, Instant until, Instant now) {
        return db.write(Lane.DATA, session -> {
            boolean first =
                    session.update("""
                            INSERT INTO used_assertion (application, jti, expires_at) VALUES (?, ?, ?)
                            ON CONFLICT (application, jti) DO UPDATE SET expires_at = excluded.expires_at
                            WHERE used_assertion.expires_at <= ?""", Ids.of(application), jti.toArray(), Micros.of(until), Micros.of(now)) == 1;
            if (first) {
                sweep.run(session, now, SWEPT);
            }
            return first;
        });
    }
}
