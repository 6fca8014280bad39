package dev.gatehouse.storage.reference;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads a schema as the database itself describes it.
final class Schemas {
    /// @param reference the table and column that it refers to; empty text for none
    record Column(String name, String type, boolean required, String reference) {}

    /// @param primary the columns of the primary key
    /// @param indexes what is indexed, by name; those that constraints make for themselves are among them
    record Table(List<Column> columns, List<String> primary, SortedMap<String, String> indexes) {}

    private Schemas() {}

    /// The tables by name, without those of the migrations themselves.
    static SortedMap<String, Table> of(Connection connection) throws SQLException {
        SortedMap<String, Table> tables = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!name.startsWith("flyway") && !name.startsWith("sqlite")) {
                    tables.put(name, table(connection, name));
                }
            }
        }
        return tables;
    }

    private static Table table(Connection connection, String name) throws SQLException {
        SortedMap<String, String> references = references(connection, name);
        List<String> primary = primary(connection, name);
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getColumns(null, null, name, "%")) {
            while (rows.next()) {
                String column = rows.getString("COLUMN_NAME");
                columns.add(new Column(
                        column,
                        rows.getString("TYPE_NAME").toUpperCase(Locale.ROOT),
                        rows.getString("IS_NULLABLE").equals("NO") || primary.contains(column),
                        references.getOrDefault(column, "")));
            }
        }
        return new Table(columns, primary, indexes(connection, name));
    }

    private static SortedMap<String, String> references(Connection connection, String name) throws SQLException {
        SortedMap<String, String> references = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getImportedKeys(null, null, name)) {
            while (rows.next()) {
                references.put(
                        rows.getString("FKCOLUMN_NAME"),
                        rows.getString("PKTABLE_NAME") + "." + rows.getString("PKCOLUMN_NAME"));
            }
        }
        return references;
    }

    private static List<String> primary(Connection connection, String name) throws SQLException {
        SortedMap<Integer, String> columns = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getPrimaryKeys(null, null, name)) {
            while (rows.next()) {
                columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(columns.values());
    }

    private static SortedMap<String, String> indexes(Connection connection, String name) throws SQLException {
        boolean sqlite = connection.getMetaData().getURL().startsWith("jdbc:sqlite:");
        String query = sqlite
                ? "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = '"
                : "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '";
        SortedMap<String, String> indexes = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query + name + "'")) {
            while (rows.next()) {
                indexes.put(rows.getString(1), indexed(rows.getString(2)));
            }
        }
        return indexes;
    }

    /// `unique (a, b) where ...` of a whole CREATE INDEX.
    private static String indexed(String definition) {
        String what = definition
                .substring(definition.indexOf('('))
                .replaceFirst(" WHERE \\((.*)\\)$", " WHERE $1")
                .replace("::text", "");
        return (definition.contains("UNIQUE") ? "unique " : "") + what;
    }

    /// The names of what the migrations made by `CREATE INDEX`.
    static SortedSet<String> named(Table table) {
        SortedSet<String> names = new TreeSet<>(table.indexes().keySet());
        names.removeIf(name -> name.endsWith("_key") || name.endsWith("_pkey"));
        return names;
    }
}
