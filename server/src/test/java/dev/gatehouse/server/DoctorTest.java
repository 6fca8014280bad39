package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.doctor.Doctor;
import dev.gatehouse.server.doctor.Finding;
import dev.gatehouse.server.doctor.Finding.Level;
import dev.gatehouse.testkit.ClosedPort;
import dev.gatehouse.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    @TempDir
    private Path folder;

    private NodeConfig config(Map<String, String> more) {
        Map<String, String> flags = new java.util.HashMap<>(Map.of(
                "data",
                folder.resolve("data").toString(),
                "limits.connections",
                "100",
                "listeners.admin.port",
                "0",
                "listeners.api.port",
                "0"));
        flags.putAll(more);
        return switch (NodeConfig.load(new ConfigSources(Optional.empty(), Map.of(), flags, Set.of()))) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(var mistakes) -> throw new IllegalArgumentException(mistakes.toString());
        };
    }

    private List<Finding> examine(Map<String, String> more) {
        return Doctor.examine(config(more), InstantSource.system(), new SecureRandom());
    }

    private static Finding about(List<Finding> findings, String about) {
        return findings.stream()
                .filter(one -> one.about().equals(about))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void beforeAFirstStartNothingIsWrongAndNothingIsMade() {
        List<Finding> findings = examine(Map.of());
        assertThat(findings).noneMatch(finding -> finding.level() == Level.WRONG);
        assertThat(about(findings, "database").what()).contains("not there yet");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aStoppedNodesDatabaseIsCheckedAndARunningOnesIsLeftAlone() {
        NodeConfig config = config(Map.of());
        try (Gatehouse _ = Gatehouse.start(config, Environment.ofSystem())) {
            assertThat(about(examine(Map.of()), "database").what()).contains("in use by a running node");
        }
        Finding stopped = about(examine(Map.of()), "database");
        assertThat(stopped.level()).isEqualTo(Level.OK);
        assertThat(stopped.what()).matches("SQLite 3\\.\\d+\\.\\d+, schema \\d+");
    }

    @Test
    void aDamagedDatabaseIsFound() throws IOException {
        try (Gatehouse _ = Gatehouse.start(config(Map.of()), Environment.ofSystem())) {
            assertThat(folder.resolve("data/gatehouse.db")).exists();
        }
        Files.writeString(
                folder.resolve("data/gatehouse.db"), "not a database at all, but long enough to be read as one");
        assertThat(about(examine(Map.of()), "database").level()).isEqualTo(Level.WRONG);
    }

    @Test
    void aKeyFileThatOthersMayReadIsWrongWithItsRemedy() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path keys = Files.writeString(data.resolve("gatehouse.keys"), "{}");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
        Finding found = about(examine(Map.of()), "key file");
        assertThat(found.level()).isEqualTo(Level.WRONG);
        assertThat(found.remedy()).isEqualTo("chmod 600 " + keys);
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Finding found = about(
                    examine(Map.of("listeners.admin.address", "127.0.0.1", "listeners.admin.port", port)),
                    "listener admin");
            assertThat(found.level()).isEqualTo(Level.WARNING);
            assertThat(found.what()).contains("port " + port);
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsWrong() {
        try (ClosedPort closed = new ClosedPort()) {
            String url = "jdbc:postgresql://127.0.0.1:" + closed.number() + "/gatehouse";
            Finding found = about(examine(Map.of("database.url", url, "database.user", "x")), "database");
            assertThat(found.level()).isEqualTo(Level.WRONG);
            assertThat(found.what()).contains("refused");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, WRONG", "20, WARNING", "90, OK"})
    void aCertificateThatEndsIsNamedInTime(int days, Level level) throws IOException {
        new TestAuthority("ca")
                .issue("EC", Instant.now().plus(Duration.ofDays(days)), "localhost")
                .write(folder, "node");
        assertThat(certificates().level()).isEqualTo(level);
        assertThat(certificates().what()).contains("node.pem");
    }

    @Test
    void certificateFilesThatAreMissingOpenToOthersOrNoPairAreWrong() throws IOException {
        assertThat(certificates().level()).isEqualTo(Level.WRONG);
        TestAuthority authority = new TestAuthority("ca");
        authority.issue("localhost").write(folder, "node");
        assertThat(certificates().level()).isNotEqualTo(Level.WRONG);
        Files.setPosixFilePermissions(folder.resolve("node.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(certificates().level()).isEqualTo(Level.WRONG);
        TestAuthority.writeKey(
                folder.resolve("node.key"), authority.issue("localhost").keyPem());
        assertThat(certificates().level()).isEqualTo(Level.WRONG);
    }

    private Finding certificates() {
        return about(
                examine(Map.of(
                        "listeners.api.tls.certificates",
                        folder.resolve("node.pem").toString(),
                        "listeners.api.tls.keys",
                        folder.resolve("node.key").toString())),
                "certificates of api");
    }
}
