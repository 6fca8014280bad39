package dev.gatehouse.server.http;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A program of the machine that tests run against the server. One that is not there is told loudly, and its tests
/// are not run.
record Program(String name) {
    /// What a program has left.
    ///
    /// @param text what it wrote, to both of its outputs
    record Ran(int exit, String text) {}

    /// Runs it to its end with nothing to read, without the settings of whoever runs the tests.
    Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(path()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().put("OPENSSL_CONF", "/dev/null");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }

    private String path() {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> {
                    System.err.println("NOT RUN: what " + name + " says of our TLS, because it is not installed.");
                    return abort(name + " is not installed");
                });
    }
}
