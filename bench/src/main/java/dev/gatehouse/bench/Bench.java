package dev.gatehouse.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What every scenario works with: how long to measure, where, and the load generator.
///
/// @param home the checkout
/// @param work a folder for data and logs
record Bench(Path home, Path work, boolean brief, PrintStream out) {
    /// The core of the server that is measured.
    static final int SERVER = 0;

    /// The core of everything else: load, upstream, database.
    static final int REST = 1;

    static final int CONNECTIONS = 16;
    private static final int MOST_WARM_UPS = 15;

    /// What somebody does at a server.
    interface Traffic {
        Outcome run(Bench bench, Duration time, int connections);
    }

    /// One server with one kind of traffic.
    record Subject(String label, ProcessHandle process, Traffic traffic) {}

    int rounds() {
        return brief ? 3 : 5;
    }

    Duration round() {
        return Duration.ofSeconds(brief ? 2 : 6);
    }

    /// Measures all subjects in turn, several times, so that a machine whose speed drifts drifts for all of them.
    List<Row> compare(List<Subject> subjects) {
        Map<Subject, List<Row.Once>> all = new LinkedHashMap<>();
        for (Subject subject : subjects) {
            say("warming up: " + subject.label());
            warm(subject);
        }
        for (int round = 1; round <= rounds(); round++) {
            for (Subject subject : subjects) {
                Row.Once once = once(subject);
                say("round %d of %d: %s: %.1f µs of CPU a request"
                        .formatted(round, rounds(), subject.label(), once.cpuMicros()));
                all.computeIfAbsent(subject, _ -> new ArrayList<>()).add(once);
            }
        }
        return all.entrySet().stream()
                .map(entry -> Row.of(entry.getKey().label(), entry.getValue()))
                .toList();
    }

    /// Until the compiler of the JVM has nothing left that tells.
    private void warm(Subject subject) {
        double last = once(subject).cpuMicros();
        for (int i = 1; i < (brief ? 2 : MOST_WARM_UPS); i++) {
            double now = once(subject).cpuMicros();
            if (i >= 4 && now > 0.97 * last) {
                return;
            }
            last = now;
        }
    }

    private Row.Once once(Subject subject) {
        return measured(subject, round(), CONNECTIONS);
    }

    /// One run of the load.
    Row.Once measured(Subject subject, Duration time, int connections) {
        long before = ProcStat.cpuMicros(subject.process());
        Outcome output = subject.traffic().run(this, time, connections);
        long cpu = ProcStat.cpuMicros(subject.process()) - before;
        if (output.failed() > 0 || output.requests() == 0) {
            throw new BenchException(subject.label() + ": " + output.failed() + " of " + output.requests() + " failed");
        }
        return new Row.Once(
                (double) cpu / output.requests(),
                output.requests() / output.seconds(),
                output.p50Micros(),
                output.p99Micros());
    }

    void say(String line) {
        out.println("  " + line);
        out.flush();
    }
}
