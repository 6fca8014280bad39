package dev.gatehouse.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Commands of the JDK that this program runs on.
final class Jvm {
    private Jvm() {}

    static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /// A program of the JDK.
    static String program(String name) {
        return home().resolve("bin").resolve(name).toString();
    }

    /// A main class of this module, with the options that Gatehouse runs with.
    static List<String> command(Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(
                program("java"),
                "-XX:+UseG1GC",
                "-XX:+UseCompactObjectHeaders",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return command;
    }
}
