package dev.gatehouse.storage.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One transaction's statements. Parameters are `Long`, `Integer`, `String`, `Boolean`, `byte[]` or [Absent].
/// Results are read to their end before anything else happens. Not for use outside the [Work] that it was given
/// to.
public final class Session {
    /// SQL's NULL, with the type of the column that it is for.
    public enum Absent {
        /// For BIGINT columns.
        NUMBER(java.sql.Types.BIGINT),
        /// For TEXT columns.
        TEXT(java.sql.Types.VARCHAR),
        /// For BYTEA columns.
        BYTES(java.sql.Types.BINARY);

        private final int type;

        Absent(int type) {
            this.type = type;
        }
    }

    private final Statements statements;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> whenUncertain = new ArrayList<>();
    private boolean rollbackOnly;

    Session(Statements statements) {
        this.statements = statements;
    }

    /// The parameter for a number that may be absent.
    public static Object number(Optional<Long> value) {
        return value.<Object>map(Function.identity()).orElse(Absent.NUMBER);
    }

    /// The parameter for a text that may be absent.
    public static Object text(Optional<String> value) {
        return value.<Object>map(Function.identity()).orElse(Absent.TEXT);
    }

    /// The parameter for bytes that may be absent.
    public static Object bytes(Optional<byte[]> value) {
        return value.<Object>map(Function.identity()).orElse(Absent.BYTES);
    }

    /// The rows that a query or a `RETURNING` gives.
    public <T> List<T> list(String sql, Function<Row, T> reader, Object... parameters) {
        try {
            PreparedStatement statement = statements.prepared(sql);
            bind(statement, parameters);
            try (ResultSet results = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                Row row = new Row(results);
                while (results.next()) {
                    rows.add(reader.apply(row));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /// The only row; empty without one.
    ///
    /// @throws IllegalStateException when there is more than one
    public <T> Optional<T> one(String sql, Function<Row, T> reader, Object... parameters) {
        List<T> rows = list(sql, reader, parameters);
        if (rows.size() > 1) {
            throw new IllegalStateException("more than one row for: " + sql);
        }
        return rows.stream().findFirst();
    }

    /// Runs a statement that returns nothing; the number of rows that it changed.
    public int update(String sql, Object... parameters) {
        try {
            PreparedStatement statement = statements.prepared(sql);
            bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /// Runs after the durable commit of this transaction and before its caller is answered; never after a
    /// rollback. Must not throw.
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /// Runs instead of what [#afterCommit(Runnable)] asked for when nobody knows whether the transaction was
    /// committed. Must not throw.
    public void whenUncertain(Runnable action) {
        whenUncertain.add(action);
    }

    /// Lets the transaction end without a trace; its result still reaches the caller.
    public void rollbackOnly() {
        rollbackOnly = true;
    }

    boolean rollsBack() {
        return rollbackOnly;
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    void uncertain() {
        whenUncertain.forEach(Runnable::run);
    }

    Connection connection() {
        return statements.connection();
    }

    private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            int at = i + 1;
            switch (parameters[i]) {
                case Long number -> statement.setLong(at, number);
                case Integer number -> statement.setInt(at, number);
                case String text -> statement.setString(at, text);
                case Boolean flag -> statement.setBoolean(at, flag);
                case byte[] bytes -> statement.setBytes(at, bytes);
                case Absent absent -> statement.setNull(at, absent.type);
                default ->
                    throw new IllegalArgumentException(
                            "no column type for " + parameters[i].getClass().getName());
            }
        }
    }
}
