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
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /// integrity_constraint_violation and data_exception: the same statement fails however often it is tried.
    private static final Set<String> WRONG_VALUE = Set.of("23", "22");

    private final boolean conflict;

    private Failure(SQLException cause) {
        super("the database failed a statement", cause);
        this.conflict = conflicts(cause);
    }

    /// [Taken] for a unique violation, [Tied] for one of a foreign key, an [IllegalArgumentException] for a value that
    /// the schema does not let
    /// in (whoever asked should have been told before), otherwise a [Failure].
    static RuntimeException of(SQLException e) {
        return switch (kind(e)) {
            case TAKEN -> new Taken(e);
            case TIED -> new Tied(e);
            case WRONG_VALUE -> new IllegalArgumentException("the schema does not let this value in", e);
            case UNAVAILABLE -> new Failure(e);
        };
    }

    private enum Kind {
        TAKEN,
        TIED,
        WRONG_VALUE,
        UNAVAILABLE
    }

    private static Kind kind(SQLException e) {
        if (e instanceof org.sqlite.SQLiteException sqlite) {
            return switch (sqlite.getResultCode()) {
                case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> Kind.TAKEN;
                case SQLITE_CONSTRAINT_FOREIGNKEY -> Kind.TIED;
                case SQLITE_CONSTRAINT,
                        SQLITE_CONSTRAINT_CHECK,
                        SQLITE_CONSTRAINT_NOTNULL,
                        SQLITE_CONSTRAINT_DATATYPE,
                        SQLITE_MISMATCH,
                        SQLITE_TOOBIG -> Kind.WRONG_VALUE;
                default -> Kind.UNAVAILABLE;
            };
        }
        String state = state(e);
        if (state.equals(UNIQUE_VIOLATION)) {
            return Kind.TAKEN;
        }
        if (state.equals(FOREIGN_KEY_VIOLATION)) {
            return Kind.TIED;
        }
        return state.length() == 5 && WRONG_VALUE.contains(state.substring(0, 2)) ? Kind.WRONG_VALUE : Kind.UNAVAILABLE;
    }

    /// Whether a failure means that the transaction had no effect and may be tried again.
    static boolean conflicts(SQLException e) {
        return CONFLICTS.contains(state(e));
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
