package dev.gatehouse.storage;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Bits of a row, flipped behind the store's back.
final class Bits {
    /// A column of a row and what is in it: a number, text or bytes.
    record Cell(String column, Object value) {}

    /// Columns that a database guards: against numbers that are taken, or against any change at all.
    private static final Set<String> NUMBERED = Set.of("position", "number");

    private Bits() {}

    /// What is in a row, absent values left out.
    static List<Cell> read(Connection connection, String table, String key, long value) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table + " WHERE " + key + " = " + value)) {
            List<Cell> cells = new ArrayList<>();
            if (row.next()) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    Object stored = row.getObject(i);
                    if (stored != null) {
                        cells.add(new Cell(
                                row.getMetaData().getColumnName(i),
                                stored instanceof Number number ? (Object) number.longValue() : stored));
                    }
                }
            }
            return cells;
        }
    }

    /// The same value with each bit of a number flipped, or one bit of each byte.
    static List<Object> flipped(Object value) {
        List<Object> all = new ArrayList<>();
        switch (value) {
            case Long number -> {
                for (int bit = 0; bit < Long.SIZE; bit++) {
                    all.add(number ^ (1L << bit));
                }
            }
            case byte[] bytes -> {
                for (int at = 0; at < bytes.length; at++) {
                    all.add(flipped(bytes, at, at % 8));
                }
            }
            case String text -> {
                byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
                for (int at = 0; at < ascii.length; at++) {
                    all.add(new String(flipped(ascii, at, at % 5), StandardCharsets.US_ASCII));
                }
            }
            default -> throw new IllegalArgumentException("no column is of " + value.getClass());
        }
        return all;
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        return flipped;
    }

    /// Puts a value into a column of a row. False when the database itself refuses it.
    static boolean set(Connection connection, String table, String key, long row, String column, Object value)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE " + table + " SET " + column + " = ? WHERE " + key + " = ?")) {
            update.setObject(1, value);
            update.setLong(2, row);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            if (NUMBERED.contains(column)) {
                return false;
            }
            throw e;
        }
    }
}
