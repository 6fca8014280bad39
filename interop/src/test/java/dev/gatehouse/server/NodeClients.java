package dev.gatehouse.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Clients that others wrote for Node.js, from the npm registry: each runs a story of `src/test/clients` in a
/// process of
/// its own and is answered line by line (`talk.mjs`).
///
/// @param folder where the stories are with what they need
record NodeClients(Path folder) {
    private static final int OLDEST = 20;
    private static final long PATIENCE_MINUTES = 5;
    private static final List<String> FILES = List.of(
            "package.json",
            "package-lock.json",
            "talk.mjs",
            "openid-client.mjs",
            "oauth4webapi.mjs",
            "message-signing.mjs",
            "stranger.mjs");

    /// Empty where there is no Node.js of a version that these clients support. What they need is fetched once
    /// for a build folder.
    static Optional<NodeClients> installed() throws IOException, InterruptedException {
        if (version() < OLDEST || !found("npm")) {
            return Optional.empty();
        }
        Path folder = Files.createDirectories(Path.of("target/clients"));
        for (String file : FILES) {
            Files.copy(Path.of("src/test/clients", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
            run(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
        return Optional.of(new NodeClients(folder));
    }

    private static boolean found(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static int version() throws IOException, InterruptedException {
        return found("node")
                ? Integer.parseInt(run(Path.of("."), "node", "--version")
                        .strip()
                        .substring(1)
                        .split("\\.", 2)[0])
                : 0;
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    /// Runs a story to its end.
    ///
    /// @param known what it is told first, as JSON
    /// @param browser from an address to where the browser ends
    /// @param device from a code that is shown to what became of it
    /// @return the steps that it says it has done
    List<String> run(String story, String known, UnaryOperator<String> browser, UnaryOperator<String> device)
            throws IOException, InterruptedException {
        Path errors = folder.resolve(story + ".err");
        Process process = new ProcessBuilder("node", story + ".mjs")
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        List<String> told = new ArrayList<>();
        try (Writer answers = process.outputWriter(StandardCharsets.UTF_8);
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            answer(answers, known);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "BROWSE" -> answer(answers, browser.apply(words[1]));
                    case "DEVICE" -> answer(answers, device.apply(words[1]));
                    case "TOLD" -> told.add(words[1]);
                    case "DONE" -> told.add("done");
                    default -> throw new AssertionError("the story said " + line);
                }
            }
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new AssertionError("after " + told + ": " + Files.readString(errors));
            }
            return told;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void answer(Writer answers, String line) {
        try {
            answers.write(line + "\n");
            answers.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
