package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long the start of this process took so far, for the line that says that it is ready.
///
/// Linux tells the age of a process to a hundredth of a second, by the clock that nobody sets. [ProcessHandle] goes
/// by the time of booting there, which the kernel tells in whole seconds, and so is up to a second too early.
final class StartTime {
    /// Made by the launcher when it has built first: the building is no part of the start.
    private static final String LAUNCHED = "gatehouse.launched";
    /// `USER_HZ`, the unit of times in `/proc/PID/stat` (proc_pid_stat(5)).
    private static final int TICKS_PER_SECOND = 100;
    /// `starttime` is field 22; the first two end with the last `)`.
    private static final int START_AFTER_NAME = 22 - 3;

    private StartTime() {}

    static double seconds() {
        Duration age = age();
        Duration launched = launched().orElse(age);
        return (launched.compareTo(age) < 0 ? launched : age).toMillis() / 1000.0;
    }

    private static Duration age() {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double up = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
            double started = Double.parseDouble(fields[START_AFTER_NAME]) / TICKS_PER_SECOND;
            return Duration.ofMillis(Math.max(0, Math.round((up - started) * 1000)));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException notLinux) {
            Instant now = Instant.now();
            return Duration.between(
                    ProcessHandle.current().info().startInstant().orElse(now), now);
        }
    }

    private static Optional<Duration> launched() {
        String file = System.getProperty(LAUNCHED);
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Duration.between(Files.getLastModifiedTime(Path.of(file)).toInstant(), Instant.now()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
