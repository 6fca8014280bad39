package dev.gatehouse.cli;

import dev.gatehouse.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads keys and secrets from files and standard input; never from the command line.
final class Secrets {
    private static final int MAX_BYTES = 16_384;

    private Secrets() {}

    /// The first line of a file, or of standard input for `-`.
    static Secret read(Terminal terminal, String file) {
        try (InputStream in = file.equals("-") ? terminal.in() : Files.newInputStream(Path.of(file))) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
            if (text.isEmpty() || text.lines().count() != 1) {
                throw Complaint.usage((file.equals("-") ? "standard input" : file) + " must hold one line, the secret");
            }
            return Secret.of(text);
        } catch (NoSuchFileException e) {
            throw Complaint.usage("there is no file " + file);
        } catch (IOException e) {
            throw Complaint.usage("cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }
}
