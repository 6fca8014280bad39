package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server in a process of its own, and how to speak to it.
record ServerProcess(Process process, RunningServer server) implements AutoCloseable {
    /// Serves a folder.
    ///
    /// @param options of the Java virtual machine
    /// @param more configuration, beside that of [RunningServer#config]
    static ServerProcess start(Path folder, List<String> options, String more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), KilledServer.class.getName(), folder.toString(), more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new ServerProcess(process, server(process));
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static RunningServer server(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.startsWith("started ")) {
            line = lines.readLine();
        }
        assertThat(line).as("the server starts").isNotNull();
        String[] words = line.split(" ", -1);
        return RunningServer.elsewhere(
                Map.of(
                        "admin", Integer.parseInt(words[1]),
                        "orders", Integer.parseInt(words[2]),
                        "parcels", Integer.parseInt(words[3])),
                Secret.of(words[4]));
    }

    /// Ends the process at once, as `kill -9` does.
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
        server.close();
    }
}
