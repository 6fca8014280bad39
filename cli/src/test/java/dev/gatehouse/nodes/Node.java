package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FaultProxy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One node: its folder, its way to the database, and its process while it has one. Restarted, it listens on the
/// ports that it had.
final class Node implements AutoCloseable {
    private static final Pattern LISTENER = Pattern.compile("  (\\S+) +127\\.0\\.0\\.1 port (\\d+) .*");
    private static final Pattern KEY = Pattern.compile("  (ghk_live_\\S+)");
    static final List<String> LISTENERS = List.of("orders", "parcels", "relaxed", "admin");

    final String name;
    final FaultProxy way;
    private final Path folder;
    private final String database;
    private final Map<String, Integer> ports = new HashMap<>();
    private Optional<Process> process = Optional.empty();
    private final boolean driven;
    private int leaveSeconds;
    private String bootstrapKey = "";

    Node(String name, Path folder, FaultProxy way, String database, boolean driven) {
        this.name = name;
        this.folder = folder;
        this.way = way;
        this.database = database;
        this.driven = driven;
    }

    /// A setting of later starts: how long it serves on when it is told to stop.
    void leaveSeconds(int seconds) {
        leaveSeconds = seconds;
    }

    Path keyFile() {
        return folder.resolve("gatehouse.keys");
    }

    int port(String listener) {
        return ports.get(listener);
    }

    /// The key that the first start on an empty database shows.
    String bootstrapKey() {
        return bootstrapKey;
    }

    /// Starts the process and returns when it says that it is ready.
    void start() {
        start(LISTENERS.size());
    }

    /// The same on an empty database: a key is shown too.
    void startFirst() {
        start(LISTENERS.size() + 1);
    }

    private void start(int announcements) {
        try {
            Process started = launch();
            process = Optional.of(started);
            if (!announced(started.inputReader(StandardCharsets.UTF_8), announcements)) {
                throw new AssertionError(name + " did not start:\n" + Files.readString(log()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Process launch() throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NodeUnderTest.class.getName()));
        if (driven) {
            command.add("driven");
        }
        command.add(config().toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path config() throws IOException {
        StringBuilder yaml =
                new StringBuilder("""
                data: %s
                key-file: %s
                limits: {leave-seconds: %d}
                database: {url: "jdbc:postgresql://127.0.0.1:%d/%s", user: postgres, password: postgres}
                listeners:
                """.formatted(folder.resolve("data"), keyFile(), leaveSeconds, way.port(), database));
        for (String listener : LISTENERS) {
            yaml.append("  - {name: %s, address: 127.0.0.1, port: %d, serves: %s}%n"
                    .formatted(listener, ports.getOrDefault(listener, 0), listener.equals("admin") ? "admin" : "api"));
        }
        return Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
    }

    /// Whether so many listeners and keys were shown before the output ended.
    private boolean announced(BufferedReader lines, int announcements) throws IOException {
        int found = 0;
        String line = lines.readLine();
        while (line != null) {
            Matcher listener = LISTENER.matcher(line);
            Matcher key = KEY.matcher(line);
            if (listener.matches()) {
                ports.put(listener.group(1), Integer.valueOf(listener.group(2)));
                found++;
            } else if (key.matches()) {
                bootstrapKey = key.group(1);
                found++;
            }
            if (found == announcements) {
                return true;
            }
            line = lines.readLine();
        }
        return false;
    }

    long pid() {
        return process.orElseThrow().pid();
    }

    boolean running() {
        return process.filter(Process::isAlive).isPresent();
    }

    /// SIGKILL.
    void kill() {
        process.ifPresent(one -> {
            one.destroyForcibly();
            await(one);
        });
    }

    /// Waits until it has ended by itself.
    void ended() {
        await(process.orElseThrow());
    }

    /// SIGTERM, as an operator ends it. Asking the process and not its handle would close its standard input too.
    void stop() {
        process.ifPresent(one -> {
            boolean _ = one.toHandle().destroy();
            await(one);
        });
    }

    private static void await(Process ending) {
        try {
            assertThat(ending.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// SIGSTOP: everything stands still, clocks go on.
    void freeze() {
        signal("STOP");
    }

    /// SIGCONT.
    void thaw() {
        signal("CONT");
    }

    /// Tells a [Driven] node something; returns when it has been done.
    void tell(String line) {
        Process told = process.orElseThrow();
        try {
            told.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
            BufferedReader lines = told.inputReader(StandardCharsets.UTF_8);
            String heard = lines.readLine();
            while (heard != null && !heard.equals("done " + line)) {
                heard = lines.readLine();
            }
            assertThat(heard).as("%s lives", name).isNotNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) {
        long pid = process.orElseThrow().pid();
        try {
            Process sent = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start();
            assertThat(sent.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        way.close();
    }
}
