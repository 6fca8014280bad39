package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What all this was measured on.
record Machine(
        String processor, int processors, long memoryBytes, String kernel, String jdk, String wrk, String nginx) {
    static Machine here() {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                cores(),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "")) * 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                firstLine("wrk", "-v"),
                firstLine("nginx", "-v"));
    }

    /// All of the machine's, not only those that this process may use.
    static int cores() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return (int) lines.filter(line -> line.startsWith("processor")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll(" Copyright.*", "")
                    .strip();
        } catch (IOException e) {
            return "not there";
        }
    }
}
