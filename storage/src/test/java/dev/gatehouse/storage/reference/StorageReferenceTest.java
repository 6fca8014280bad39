package dev.gatehouse.storage.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.Store;
import dev.gatehouse.storage.RealPostgres;
import dev.gatehouse.storage.TestKeys;
import dev.gatehouse.storage.db.PostgresAddress;
import dev.gatehouse.storage.db.Schema;
import dev.gatehouse.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The reference of the storage is what both databases say of themselves after all migrations.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageReferenceTest {
    /// SQLite has one process and needs neither.
    private static final Set<String> SHARED_ONLY = Set.of("change", "node");

    private static final Map<String, String> TYPES = Map.of("INTEGER", "INT8", "TEXT", "TEXT", "BLOB", "BYTEA");

    @TempDir
    static Path folder;

    private SortedMap<String, Schemas.Table> sqlite;
    private SortedMap<String, Schemas.Table> postgres;

    @BeforeAll
    void migrate() throws IOException, SQLException {
        try (Store store = TestKeys.storage().sqlite(folder);
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"))) {
            assertThat(store).isNotNull();
            sqlite = Schemas.of(connection);
            assertThat(Schema.found(connection)).isEqualTo(Schema.CURRENT);
        }
        try (RealPostgres server = RealPostgres.start()) {
            PostgresAddress address = server.database();
            try (Store store = TestKeys.storage(InstantSource.system())
                            .postgresql(address.url(), address.user(), address.password());
                    Connection connection = RealPostgres.connect(address)) {
                assertThat(store).isNotNull();
                postgres = Schemas.of(connection);
                assertThat(Schema.found(connection)).isEqualTo(Schema.CURRENT);
            }
        }
    }

    @Test
    void bothDatabasesHaveTheSameTablesColumnsAndIndexes() {
        Set<String> shared = new TreeSet<>(postgres.keySet());
        shared.removeAll(SHARED_ONLY);
        assertThat(sqlite.keySet()).isEqualTo(shared);
        sqlite.forEach((name, table) -> {
            Schemas.Table other = postgres.get(name);
            assertThat(shape(table)).as(name).isEqualTo(shape(other));
            assertThat(table.primary()).as(name).isEqualTo(other.primary());
            assertThat(Schemas.named(table)).as(name).isEqualTo(Schemas.named(other));
            for (int i = 0; i < table.columns().size(); i++) {
                String type = other.columns().get(i).type();
                assertThat(Set.of(TYPES.get(table.columns().get(i).type()), "BOOL", "BIGSERIAL"))
                        .as("%s.%s", name, table.columns().get(i).name())
                        .contains(type);
            }
        });
    }

    /// All of the columns but their types.
    private static List<Schemas.Column> shape(Schemas.Table table) {
        return table.columns().stream()
                .map(one -> new Schemas.Column(one.name(), "", one.required(), one.reference()))
                .toList();
    }

    @Test
    void thePageIsTheSchema() {
        assertThat(Described.TABLES).extracting(Table::name).containsExactlyInAnyOrderElementsOf(postgres.keySet());
        ReferencePage.same(
                "storage.md", """
                    # Storage reference

                    Every table after all migrations, as the databases describe themselves. [How it is used, and why it is so](../storage.md).
                    Times are microseconds since 1970. The types are those of PostgreSQL; SQLite has `INTEGER` for `INT8` and `BOOL`, and `BLOB` for
                    `BYTEA`. Tables and columns may come with a release and never change their meaning; they are no interface: read through the
                    [admin API](admin-api.md).

                    """ + Described.TABLES.stream().map(this::section).collect(Collectors.joining("\n")));
    }

    private String section(Table described) {
        String name = described.name();
        Schemas.Table table = postgres.get(name);
        List<String> columns =
                table.columns().stream().map(Schemas.Column::name).toList();
        assertThat(described.columns().keySet()).as(name).isSubsetOf(columns);
        return "## " + name + "\n" + described.about()
                + (SHARED_ONLY.contains(name) ? " PostgreSQL only." : "") + " Kept: "
                + described.kept().substring(0, 1).toLowerCase(Locale.ROOT)
                + described.kept().substring(1) + "\n\n| column | type | |\n|---|---|---|\n"
                + table.columns().stream()
                        .map(column -> line(name, described, column))
                        .collect(Collectors.joining())
                + "\n" + indexes(table) + ".\n";
    }

    private static String line(String table, Table described, Schemas.Column column) {
        String about =
                described.columns().getOrDefault(column.name(), Described.COMMON.getOrDefault(column.name(), ""));
        assertThat(about).as("what %s.%s is for", table, column.name()).isNotEmpty();
        String reference = column.reference().isEmpty() ? "" : "; refers to " + code(column.reference());
        return "| " + code(column.name()) + " | " + code(column.type()) + (column.required() ? "" : ", may be absent")
                + " | " + about + reference + " |\n";
    }

    private static String indexes(Schemas.Table table) {
        Stream<String> primary = table.primary().isEmpty()
                ? Stream.empty()
                : Stream.of("Primary key " + code("(" + String.join(", ", table.primary()) + ")"));
        Stream<String> others = table.indexes().entrySet().stream()
                .filter(index -> !index.getKey().endsWith("_pkey"))
                .map(index -> "index " + code(index.getValue()));
        return Stream.concat(primary, others).collect(Collectors.joining("; "));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
