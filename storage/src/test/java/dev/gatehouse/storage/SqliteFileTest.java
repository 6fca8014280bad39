package dev.gatehouse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Installation;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKeys;
import dev.gatehouse.storage.db.Schema;
import dev.gatehouse.testkit.contract.Nouns;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The embedded database's files: who may hold them, who may read them, what survives, and what a change behind
/// our back does.
class SqliteFileTest {
    @TempDir
    Path folder;

    private final Nouns nouns = new Nouns(1);

    /// One generator for all openings: row ids must not come twice.
    private final Storage storage = TestKeys.storage();

    private Store open() {
        return storage.sqlite(folder);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
                Statement statement = connection.createStatement()) {
            for (String one : sql.split(";", -1)) {
                statement.execute(one);
            }
        }
    }

    @Test
    void oneProcessHoldsTheFolderUntilItCloses() {
        try (Store first = open()) {
            assertThat(first.members().root()).isEmpty();
            assertThatThrownBy(this::open).isInstanceOf(Unusable.class).hasMessageContaining("open in this process");
        }
        open().close();
    }

    @Test
    void onlyTheOwnerReadsTheFiles() throws IOException {
        try (Store store = open()) {
            store.install(nouns.installation(), nouns.act());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void aSchemaOfALaterReleaseIsRefused() throws SQLException {
        open().close();
        int next = Schema.CURRENT + 1;
        change("UPDATE flyway_schema_history SET version = '" + next + "' WHERE version = '" + Schema.CURRENT + "'");
        open().close();
        change("UPDATE flyway_schema_history SET version = '" + (next + 1) + "' WHERE version = '" + next + "'");
        assertThatThrownBy(this::open).isInstanceOf(Unusable.class).hasMessageContaining("version " + (next + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detail = '{}'",
                "verb = 'credential.revoke'",
                "at = at + 1",
                "request_id = 'other'",
                "target = target + 1",
                "target_kind = 'app'",
                "organization = NULL",
                "actor_credential = actor_credential + 1",
                "actor_organization = NULL",
                "actor_application = NULL",
                "actor_part = 'bootstrap', actor_credential = NULL",
                "id = id + 1",
                "mac = zeroblob(32)"
            })
    void aTamperedAuditRowIsFound(String tampering) throws SQLException {
        try (Store store = open()) {
            store.install(nouns.installation(), nouns.act());
            assertThat(store.audit().newest(10)).hasSize(1).allMatch(AuditRow::valid);
        }
        change("UPDATE audit SET " + tampering);
        try (Store store = open()) {
            assertThat(store.audit().newest(10)).hasSize(1).noneMatch(AuditRow::valid);
        }
    }

    @Test
    void aRowThatCannotBeReadRefusesOnlyWhatItIsAbout() throws SQLException {
        Installation installed = nouns.installation();
        Credential altered = nouns.credential(installed.bootstrap(), CredentialKind.API_KEY);
        Api orders = nouns.api(installed.root().id(), "orders");
        StoredKey key = nouns.key(Optional.empty(), StoredKey.Use.SEAL);
        StoredKey asserting = nouns.key(Optional.empty(), StoredKey.Use.ASSERT);
        try (Store store = open()) {
            store.install(installed, nouns.act());
            assertThat(store.members().add(altered, nouns.act())).isInstanceOf(Stored.Done.class);
            assertThat(store.apis().add(orders, nouns.act())).isInstanceOf(Stored.Done.class);
            store.keys().prepare(asserting, nouns.act());
            store.keys().prepare(key, nouns.act());
        }
        change("UPDATE credential SET whole_role = 0, rights = 'garbage' WHERE name = '" + altered.name()
                + "' AND id = " + (altered.id().value() ^ Long.MIN_VALUE));
        change("UPDATE api SET routes = 'garbage' WHERE name = 'orders'");
        change("PRAGMA ignore_check_constraints = ON; UPDATE stored_key SET purpose = 'x' WHERE purpose = 'assert'");
        try (Store store = open()) {
            assertThat(store.facts().apis()).extracting(Api::name).containsExactly(Api.ADMIN);
            assertThat(store.facts().load(altered.id())).isInstanceOf(Look.Absent.class);
            assertThat(store.facts().load(installed.key().id())).isInstanceOf(Look.Known.class);
            assertThat(store.keys().keys()).isEqualTo(new StoredKeys(List.of(key), List.of(asserting.id())));
            assertThat(store.keys().key(asserting.id())).isEmpty();
            assertThat(store.keys().withdraw(asserting.id(), nouns.act())).isInstanceOf(Stored.Done.class);
            assertThat(store.keys().keys()).isEqualTo(new StoredKeys(List.of(key), List.of()));
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesKill() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Acknowledger.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged.size() < 200) {
                acknowledged.add(lines.readLine());
            }
            child.toHandle().destroyForcibly();
            lines.lines().filter(line -> line.matches("w\\d-\\d+")).forEach(acknowledged::add);
        }
        child.waitFor();
        try (Store store = open()) {
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(200).doesNotContainNull();
            for (String clientId : acknowledged) {
                assertThat(store.members().applicationByClientId(clientId))
                        .as(clientId)
                        .isPresent();
            }
            assertThat(store.audit().newest(1000)).allMatch(AuditRow::valid);
            assertThat(store.install(nouns.installation(), nouns.act())).isInstanceOf(Stored.Conflict.class);
        }
    }
}
