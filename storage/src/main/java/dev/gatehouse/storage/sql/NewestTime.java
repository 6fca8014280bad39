package dev.gatehouse.storage.sql;

import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import java.time.Instant;
import java.util.Optional;

/// When the newest change that leaves an audit row was made. Uses of sessions, and credentials whose one token is
/// replaced, leave none.
public final class NewestTime {
    private NewestTime() {}

    /// Empty in a new database.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when it cannot be read
    public static Optional<Instant> of(Db db) {
        return db.read(
                Lane.WHOLE,
                session -> session.one(
                        "SELECT at FROM audit ORDER BY at DESC LIMIT 1", row -> Micros.read(row.number("at"))));
    }
}
