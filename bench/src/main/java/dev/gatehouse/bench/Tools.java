package dev.gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Programs of the machine.
final class Tools {
    /// How to get what is missing.
    static final String INSTALL = "`apt-get install wrk nginx-light util-linux` (as root bench/run does that itself)";

    private Tools() {}

    static boolean missing(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
