package dev.gatehouse.bench;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.oauth.custody.Custody;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Puts many API keys into the database of a node that is not running, as copies of rows that it made: an
/// organization for every 100 keys, an application for every 10.
final class Seeder {
    private static final int PER_APPLICATION = 10;
    private static final int APPLICATIONS = 10;
    private static final int BATCH = 10_000;

    private final Connection connection;
    private final Custody custody;
    private final RandomGenerator random = new SecureRandom();

    private Seeder(Connection connection, Custody custody) {
        this.connection = connection;
        this.custody = custody;
    }

    /// Adds keys and writes them into a file, one a line, in random order of their ids.
    static void seed(Path data, Database database, int count, Path keys) {
        Custody custody = Custody.open(data.resolve("gatehouse.keys"), false, new SecureRandom());
        try (Connection connection = connect(data, database);
                BufferedWriter out = Files.newBufferedWriter(keys)) {
            connection.setAutoCommit(false);
            new Seeder(connection, custody).run(count, out);
            connection.commit();
        } catch (SQLException | IOException e) {
            throw new BenchException("keys cannot be stored", e);
        }
    }

    private static Connection connect(Path data, Database database) throws SQLException, IOException {
        return switch (database) {
            case Database.PostgreSql postgres -> postgres.connect();
            case Database.Sqlite() -> {
                try (var files = Files.list(data)) {
                    Path file = files.filter(path -> path.toString().endsWith(".db"))
                            .findFirst()
                            .orElseThrow(() -> new BenchException("no database in " + data));
                    yield DriverManager.getConnection("jdbc:sqlite:" + file);
                }
            }
        };
    }

    private void run(int count, BufferedWriter out) throws SQLException, IOException {
        try (PreparedStatement organization = copy("organization", "name = 'Acme'", List.of("id", "name"));
                PreparedStatement application =
                        copy("application", "client_id = 'bench'", List.of("id", "organization", "client_id", "name"));
                PreparedStatement credential = copy(
                        "credential",
                        "name = 'api_key'",
                        List.of("id", "application", "organization", "hint", "pepper", "digest"))) {
            List<PreparedStatement> inOrder = List.of(organization, application, credential);
            long home = 0;
            long owner = 0;
            for (int i = 0; i < count; i++) {
                if (i % (PER_APPLICATION * APPLICATIONS) == 0) {
                    home = drawn();
                    set(organization, home, "customer " + i);
                }
                if (i % PER_APPLICATION == 0) {
                    owner = drawn();
                    set(application, owner, home, "client-" + i, "application " + i);
                }
                long id = random.nextLong() | 1;
                KeyString key = KeyString.draw(
                        CredentialKind.API_KEY, "live", new Id(Kind.CREDENTIAL, id), custody.checkKeys(), random);
                var digest = custody.pepper().digest(key.text());
                set(credential, stored(id), owner, home, key.hint(), digest.pepper(), digest.bytes());
                out.write(key.text().reveal());
                out.newLine();
                if (i % BATCH == BATCH - 1 || i == count - 1) {
                    for (PreparedStatement statement : inOrder) {
                        statement.executeBatch();
                    }
                }
            }
        }
    }

    private long drawn() {
        return stored(random.nextLong() | 1);
    }

    /// Ids are stored with the top bit flipped.
    private static long stored(long id) {
        return id ^ Long.MIN_VALUE;
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    /// An insert of a row that is like another but for some columns.
    private PreparedStatement copy(String table, String like, List<String> given) throws SQLException {
        List<String> columns = new ArrayList<>(given);
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                String name = rows.getMetaData().getColumnName(i);
                if (!given.contains(name)) {
                    columns.add(name);
                }
            }
        }
        List<String> rest = new ArrayList<>();
        try (ResultSet row = connection.createStatement().executeQuery("SELECT * FROM " + table + " WHERE " + like)) {
            if (!row.next()) {
                throw new BenchException("no row of " + table + " to copy");
            }
            for (String column : columns.subList(given.size(), columns.size())) {
                rest.add(literal(row.getObject(column)));
            }
        }
        List<String> values = new ArrayList<>();
        given.forEach(_ -> values.add("?"));
        values.addAll(rest);
        return connection.prepareStatement("INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", values) + ")");
    }

    private static String literal(Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text.replace("'", "''") + "'";
            case Boolean yes -> yes ? "TRUE" : "FALSE";
            case Number number -> number.toString();
            default -> throw new BenchException("a column of type " + value.getClass());
        };
    }
}
