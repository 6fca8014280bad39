package dev.gatehouse.storage.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The current row of a result, by column label.
public final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    /// A number that is there.
    public long number(String column) {
        try {
            long value = results.getLong(column);
            if (results.wasNull()) {
                throw missing(column);
            }
            return value;
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /// A number that may be absent.
    public Optional<Long> maybeNumber(String column) {
        try {
            long value = results.getLong(column);
            return results.wasNull() ? Optional.empty() : Optional.of(value);
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /// A text that is there.
    public String text(String column) {
        return maybeText(column).orElseThrow(() -> missing(column));
    }

    /// A text that may be absent.
    public Optional<String> maybeText(String column) {
        try {
            return Optional.ofNullable(results.getString(column));
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /// A truth value that is there.
    public boolean flag(String column) {
        try {
            boolean value = results.getBoolean(column);
            if (results.wasNull()) {
                throw missing(column);
            }
            return value;
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    /// Bytes that are there.
    public byte[] bytes(String column) {
        return maybeBytes(column).orElseThrow(() -> missing(column));
    }

    /// Bytes that may be absent.
    public Optional<byte[]> maybeBytes(String column) {
        try {
            return Optional.ofNullable(results.getBytes(column));
        } catch (SQLException e) {
            throw Failure.of(e);
        }
    }

    private static IllegalStateException missing(String column) {
        return new IllegalStateException("NULL in column " + column);
    }
}
