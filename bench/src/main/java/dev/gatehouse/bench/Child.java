package dev.gatehouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A process that we started, pinned to one core, its output in a file. Closing ends it and what it started, by
/// their ids.
final class Child implements AutoCloseable {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static Child start(String name, int core, Path folder, Map<String, String> environment, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(pinned)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it serves. Who serves tells nobody, the peers least of all, so that it is asked again and
    /// again; the end of the process is what ends each wait between two questions, so that a start that fails is
    /// told at once.
    ///
    /// @return how long that took from now
    Duration awaitReady(BooleanSupplier ready, Duration patience) {
        long begin = System.nanoTime();
        while (!ready.getAsBoolean()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - begin);
            if (ended(BETWEEN_QUESTIONS) || waited.compareTo(patience) > 0) {
                throw new BenchException(name + " did not become ready; its output:\n" + tail());
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /// Waits until it ended by itself.
    void awaitEnd(Duration patience) {
        if (!ended(patience)) {
            throw new BenchException(name + " did not end; its output:\n" + tail());
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        String all = output();
        return all.substring(Math.max(0, all.length() - 3000));
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroy);
    }
}
