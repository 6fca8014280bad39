package dev.gatehouse.storage.db;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.sql.SQLException;
import java.util.Set;

/// A failed statement as the facade reports it.
final class Failure extends FactsUnavailable {
    private static final long serialVersionUID = 1;

    /// serialization_failure and deadlock_detected: the transaction had no effect and may be tried again.
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private static final String UNIQUE_VIOLATION = "23505";
    private static final int SQLITE_CONSTRAINT_UNIQUE = 2067;
    private static final int SQLITE_CONSTRAINT_PRIMARYKEY = 1555;

    private final boolean conflict;

    private Failure(String message, SQLException cause) {
        super(message, cause);
        this.conflict = CONFLICTS.contains(state(cause));
    }

    /// [Taken] for a unique violation, otherwise a [Failure].
    static RuntimeException of(SQLException e) {
        boolean taken = UNIQUE_VIOLATION.equals(state(e))
                || (e instanceof org.sqlite.SQLiteException sqlite
                        && (sqlite.getResultCode().code == SQLITE_CONSTRAINT_UNIQUE
                                || sqlite.getResultCode().code == SQLITE_CONSTRAINT_PRIMARYKEY));
        return taken ? new Taken(e) : new Failure("the database failed a statement", e);
    }

    /// Whether the whole decision may be made again.
    boolean conflict() {
        return conflict;
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }
}
