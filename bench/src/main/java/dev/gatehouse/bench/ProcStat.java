package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux tells about a process under /proc (proc(5)).
final class ProcStat {
    private static final long MICROS_PER_TICK = 10_000;

    private ProcStat() {}

    /// CPU time of a process and of those that it started, children of nginx and PostgreSQL included, in
    /// microseconds.
    static long cpuMicros(ProcessHandle process) {
        return own(process.pid())
                + process.descendants().mapToLong(child -> own(child.pid())).sum();
    }

    private static long own(long pid) {
        try {
            return cpuMicros(Files.readString(Path.of("/proc/" + pid + "/stat")));
        } catch (IOException e) {
            return 0; // it ended between being listed and being looked at
        }
    }

    /// utime + stime of a line of /proc/PID/stat. The name in parentheses may hold anything.
    static long cpuMicros(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
    }

    /// Resident memory of a process, in bytes.
    static long residentBytes(long pid) {
        try {
            return residentBytes(Files.readAllLines(Path.of("/proc/" + pid + "/status")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long residentBytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElseThrow(() -> new BenchException("no VmRSS"));
    }
}
