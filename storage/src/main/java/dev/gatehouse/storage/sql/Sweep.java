package dev.gatehouse.storage.sql;

import dev.gatehouse.storage.db.Engine;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;

/// Takes what is over out of a table, a few rows with each write, so that nothing has to look for it. Writers of
/// the same moment would all take the same rows and wait for each other, or lock them in turns: on PostgreSQL
/// each leaves the others theirs. SQLite has one writer and no word for it.
final class Sweep {
    private final String sql;

    /// @param key the columns of its primary key
    /// @param end the column that says until when a row is kept; indexed
    Sweep(Engine engine, String table, String key, String end) {
        String others = switch (engine) {
            case SQLITE -> "";
            case POSTGRESQL -> " FOR UPDATE SKIP LOCKED";
        };
        this.sql = "DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table + " WHERE "
                + end + " <= ? ORDER BY " + end + " LIMIT ?" + others + ")";
    }

    /// Takes out some of what ended by then.
    void run(Session session, Instant by, int most) {
        session.update(sql, Micros.of(by), (long) most);
    }
}
