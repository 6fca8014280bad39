package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import dev.gatehouse.client.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Reads keys and secrets from files and standard input; never from the command line.
final class Secrets {
    private static final int MAX_BYTES = 65_536;

    private Secrets() {}

    /// The first line of a file, or of standard input for `-`.
    static Secret read(Terminal terminal, String file) {
        String text = text(terminal, file).strip();
        if (text.isEmpty() || text.lines().count() != 1) {
            throw Complaint.usage(called(file) + " must hold one line, the secret");
        }
        return Secret.of(text);
    }

    /// The lines `NAME=VALUE` of a file, or of standard input for `-`, as the members of an object. A value is
    /// all that stands behind the first `=`, blanks too, which a password may end with.
    static Json.Obj fields(Terminal terminal, String file) {
        Json.Obj fields = Json.Obj.EMPTY;
        Set<String> names = new HashSet<>();
        for (String line : text(terminal, file).lines().toList()) {
            if (line.isBlank()) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = line.substring(0, Math.max(equals, 0)).strip();
            if (name.isEmpty()) {
                throw Complaint.usage(called(file) + " must hold lines NAME=VALUE");
            }
            if (!names.add(name)) {
                throw Complaint.usage(called(file) + " has " + name + " twice");
            }
            fields = fields.with(name, line.substring(equals + 1));
        }
        return fields;
    }

    /// The field of a `NAME=FILE` besides others: all that is in the file.
    static Json.Obj pem(Terminal terminal, String option, Json.Obj fields) {
        int equals = option.indexOf('=');
        if (equals < 1 || equals == option.length() - 1) {
            throw Complaint.usage("--pem takes NAME=FILE, not " + option);
        }
        String name = option.substring(0, equals);
        if (fields.members().containsKey(name)) {
            throw Complaint.usage(name + " is given twice");
        }
        return fields.with(name, text(terminal, option.substring(equals + 1)));
    }

    /// The JSON object in a file, or on standard input for `-`.
    static Json.Obj json(Terminal terminal, String file) {
        String text = text(terminal, file);
        try {
            if (Json.parse(text) instanceof Json.Obj object) {
                return object;
            }
            throw Complaint.usage(called(file) + " must hold a JSON object");
        } catch (JsonException e) {
            throw Complaint.usage(called(file) + " must hold a JSON object: " + e.getMessage());
        }
    }

    private static String called(String file) {
        return file.equals("-") ? "standard input" : file;
    }

    private static String text(Terminal terminal, String file) {
        try (InputStream in = file.equals("-") ? terminal.in() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Complaint.usage(called(file) + " is longer than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw Complaint.usage("there is no file " + file);
        } catch (IOException e) {
            throw Complaint.usage("cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }
}
