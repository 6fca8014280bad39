package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET N03, N05: what the first start leaves behind, what nobody gets by default, and which starts are
/// refused.
class FirstStartTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void withoutAnyConfigurationTheAdminListenerIsOnLoopback() {
        Loaded loaded = NodeConfig.load(new ConfigSources(Optional.empty(), Map.of(), Map.of(), Set.of()));
        assertThat(loaded).isInstanceOfSatisfying(Loaded.Good.class, good -> {
            assertThat(good.config().allowRemoteAdmin()).isFalse();
            assertThat(good.config().listeners())
                    .filteredOn(listener -> listener.serves() == NodeConfig.Serves.ADMIN)
                    .isNotEmpty()
                    .allMatch(listener -> listener.address().isLoopbackAddress());
        });
    }

    @Test
    void anAdminListenerForTheWorldIsAMistakeUnlessSaid() throws IOException {
        Path file = Files.writeString(
                folder.resolve("open.yaml"),
                "listeners:\n  - {name: admin, address: 0.0.0.0, port: 0, serves: admin}\n");
        assertThat(NodeConfig.load(new ConfigSources(Optional.of(file), Map.of(), Map.of(), Set.of())))
                .isInstanceOf(Loaded.Wrong.class);
    }

    @Test
    void onlyTheOwnerReadsWhatIsStored() throws IOException {
        try (RunningServer server = RunningServer.start(folder, clock)) {
            Setup.api(server, "orders", "jwt");
            Path data = folder.resolve("data");
            assertThat(mode(data)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.walk(data)) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSizeGreaterThan(2)
                        .allSatisfy(file ->
                                assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------"));
            }
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theBootstrapKeyIsMadeOnceAndCountsForADay() throws IOException {
        Secret key;
        try (RunningServer server = RunningServer.start(folder, clock)) {
            key = server.bootstrapKey();
            assertThat(whoami(server, key)).isEqualTo(200);
        }
        try (RunningServer server = RunningServer.start(folder, clock)) {
            assertThat(server.bootstrapKey().reveal()).isEqualTo("none");
            assertThat(whoami(server, key)).isEqualTo(200);
            clock.advance(Duration.ofHours(24).minusMillis(1));
            assertThat(whoami(server, key)).isEqualTo(200);
            clock.advance(Duration.ofMillis(1));
            assertThat(whoami(server, key)).isEqualTo(401);
        }
    }

    @Test
    void nothingThatEverybodyKnowsOpensIt() throws IOException {
        try (RunningServer server = RunningServer.start(folder, clock)) {
            for (String known : List.of(
                    "admin",
                    "password",
                    "bootstrap",
                    "gatehouse",
                    "changeme",
                    "secret",
                    "none",
                    "null",
                    "0",
                    "ghk",
                    "ghk_live_" + "0".repeat(52),
                    "ghk_test_" + "0".repeat(52),
                    "ghk_live_")) {
                assertThat(whoami(server, Secret.of(known))).as(known).isEqualTo(401);
            }
            for (String path : List.of(
                    "/",
                    "/v1",
                    "/health",
                    "/debug",
                    "/heapdump",
                    "/actuator",
                    "/docs",
                    "/swagger",
                    "/openapi.json",
                    "/console",
                    "/admin",
                    "/v1/keys",
                    "/.git/config",
                    "/favicon.ico")) {
                assertThat(server.ops(path).status()).as(path).isIn(401, 404);
            }
        }
    }

    private static int whoami(RunningServer server, Secret key) {
        return server.admin(key, "GET", "/v1/whoami", "").status();
    }

    @Test
    void theKeyFileOfAnotherInstallationIsRefusedAndNothingChanges() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        RunningServer.start(other, clock).close();
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Secret key = filled(mine);
        Path keys = mine.resolve("data/gatehouse.keys");
        Path right = Files.move(keys, mine.resolve("right.json"));
        Files.copy(other.resolve("data/gatehouse.keys"), keys, StandardCopyOption.COPY_ATTRIBUTES);
        String foreign = Files.readString(keys);
        List<String> before = tables(mine);
        assertThatThrownBy(() -> start(mine)).hasMessageContaining("key file belongs to another installation");
        assertThat(Files.readString(keys)).isEqualTo(foreign);
        assertThat(tables(mine)).isEqualTo(before);
        Files.move(right, keys, StandardCopyOption.REPLACE_EXISTING);
        opens(mine, key);
    }

    @Test
    void aMissingKeyFileIsRefusedAndNoneIsMade() throws IOException {
        Secret key = filled(folder);
        Path keys = folder.resolve("data/gatehouse.keys");
        Path aside = Files.move(keys, folder.resolve("aside.json"));
        assertThatThrownBy(() -> start(folder)).hasMessageContaining("missing, but the database has data");
        assertThat(keys).doesNotExist();
        Files.move(aside, keys);
        opens(folder, key);
    }

    @Test
    void aDamagedOrExposedKeyFileIsRefused() throws IOException {
        Secret key = filled(folder);
        Path keys = folder.resolve("data/gatehouse.keys");
        String right = Files.readString(keys);
        for (String wrong : List.of("", "{}", "[]", right.substring(1), right.replace('a', 'b'))) {
            Files.writeString(keys, wrong);
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(RuntimeException.class)
                    .hasMessageContaining("key file");
        }
        Files.writeString(keys, right);
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> start(folder)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        opens(folder, key);
    }

    private Secret filled(Path at) throws IOException {
        try (RunningServer server = RunningServer.start(at, clock)) {
            Setup.api(server, "orders", "jwt");
            return server.bootstrapKey();
        }
    }

    private void opens(Path at, Secret key) throws IOException {
        try (RunningServer server = RunningServer.start(at, clock)) {
            assertThat(whoami(server, key)).isEqualTo(200);
        }
    }

    private void start(Path at) throws IOException {
        Gatehouse.start(RunningServer.config(at), new Environment(clock, System::nanoTime, new SecureRandom()))
                .close();
    }

    /// The data file's bytes, as lines to compare.
    private static List<String> tables(Path at) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(at.resolve("data"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".db")).toList()) {
                all.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }
}
