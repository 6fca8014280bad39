package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.Moments;
import dev.gatehouse.server.Environment;
import dev.gatehouse.server.Gatehouse;
import dev.gatehouse.server.config.ConfigSources;
import dev.gatehouse.server.config.Loaded;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.testkit.FakePlatform;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the guides as a reader would: every block of shell, in order, against a new server.
class GuidesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir
    private Path folder;

    @Test
    void aDayByCommandLineByFilesAndByCurlEndsInTheSameInstallation() throws IOException, InterruptedException {
        Map<String, String> byCommands = day("day-by-cli");
        assertThat(byCommands.get("organizations.yaml")).contains("web shop", "till 2028", "192.0.2.0/24", "owner");
        assertThat(day("day-by-apply")).isEqualTo(byCommands);
        assertThat(day("day-by-curl")).isEqualTo(byCommands);
    }

    @Test
    void theGuideToTheAuditTrailRuns() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("audit"));
        try (Gatehouse server = Gatehouse.start(config(home), Environment.ofSystem())) {
            run("audit", home, server);
        }
        assertThat(home.resolve("trail.csv")).content().contains("organization.hold");
        assertThat(home.resolve("trail.ndjson")).content().contains("\"type\":\"seal\"");
        assertThat(home.resolve("head")).content().matches("[0-9]+:[0-9a-f]{64}\n");
    }

    @Test
    void theGuideToCustomersRuns() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("customers"));
        try (Gatehouse server = Gatehouse.start(config(home), Environment.ofSystem())) {
            run("customers", home, server);
        }
        assertThat(home.resolve("about.json")).content().contains("\"act\":{\"sub\":\"acme-shop\"}");
        assertThat(home.resolve("narrow")).isNotEmptyFile();
    }

    @Test
    void theGuideToKeysInWebPagesRuns() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("browsers"));
        try (Gatehouse server = Gatehouse.start(config(home), Environment.ofSystem())) {
            run("browsers", home, server);
        }
        assertThat(home.resolve("renewed.json")).content().contains("\"scope\":\"articles:read\"");
    }

    @Test
    void theGuideToLimitsRuns() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("limits"));
        try (Gatehouse server = Gatehouse.start(config(home), Environment.ofSystem())) {
            run("limits", home, server);
        }
        assertThat(home.resolve("answer")).content().contains("too many requests");
    }

    @Test
    void theGuideToConnectionsRuns() throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("connections"));
        Files.writeString(home.resolve("crm.txt"), "key=" + FakePlatform.KEY + "\n");
        Environment environment = new Environment(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                Moments.NONE,
                _ -> List.of(InetAddress.getLoopbackAddress()));
        try (FakePlatform platform = new FakePlatform()) {
            Path file = Files.writeString(home.resolve("gatehouse.yaml"), platform.config(home));
            try (Gatehouse server = Gatehouse.start(config(home, Optional.of(file)), environment)) {
                run("connections", home, server, Map.of("PLATFORM", "Fake", "CALL", "/contacts"));
            }
        }
        assertThat(home.resolve("by-id.json")).content().contains("/api/contacts");
        assertThat(home.resolve("suspended.json")).content().contains("connection_not_active");
        assertThat(home.resolve("out")).content().contains("all of them work");
    }

    private Map<String, String> day(String guide) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve(guide));
        try (Gatehouse server = Gatehouse.start(config(home), Environment.ofSystem())) {
            run(guide, home, server);
        }
        Map<String, String> files = new TreeMap<>();
        try (var list = Files.list(home.resolve("installation"))) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static NodeConfig config(Path home) {
        return config(home, Optional.empty());
    }

    private static NodeConfig config(Path home, Optional<Path> file) {
        Map<String, String> flags =
                Map.of("data", home.resolve("data").toString(), "listeners.api.port", "0", "listeners.admin.port", "0");
        return switch (NodeConfig.load(new ConfigSources(file, Map.of(), flags, Set.of()))) {
            case Loaded.Good(NodeConfig config) -> config;
            case Loaded.Wrong(var mistakes) -> throw new IllegalStateException(mistakes.toString());
        };
    }

    private static void run(String guide, Path home, Gatehouse server) throws IOException, InterruptedException {
        run(guide, home, server, Map.of());
    }

    private static void run(String guide, Path home, Gatehouse server, Map<String, String> more)
            throws IOException, InterruptedException {
        String script = BLOCK.matcher(Files.readString(Path.of("../docs/guides/" + guide + ".md")))
                .results()
                .map(block -> group(block))
                .collect(Collectors.joining("\n"));
        Path out = home.resolve("out");
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        bash.environment().putAll(more);
        bash.environment().put("PATH", launcher(home) + ":" + System.getenv("PATH"));
        bash.environment().put("GATEHOUSE_URL", "http://127.0.0.1:" + server.port("admin"));
        bash.environment().put("API", "http://127.0.0.1:" + server.port("api"));
        bash.environment()
                .put("GATEHOUSE_KEY", server.bootstrapKey().orElseThrow().reveal());
        assertThat(bash.start().waitFor()).as(() -> guide + ": " + read(out)).isZero();
    }

    private static String group(MatchResult block) {
        return block.group(1);
    }

    /// A folder with a command `gatehouse` that runs the classes under test.
    private static Path launcher(Path home) throws IOException {
        Path bin = Files.createDirectory(home.resolve("bin"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path command = Files.writeString(
                bin.resolve("gatehouse"),
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '"
                        + System.getProperty("java.class.path") + "' dev.gatehouse.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
