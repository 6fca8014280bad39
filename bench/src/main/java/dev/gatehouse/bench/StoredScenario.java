package dev.gatehouse.bench;

import dev.gatehouse.bench.Bench.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What it costs to have many keys: memory, start, and the time right after a restart, when no fact is in memory.
final class StoredScenario implements Scenario {
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int MANY_IN_BRIEF = 100_000;
    private static final int CONNECTIONS = 64;
    private static final Duration WINDOW = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "stored";
    }

    @Override
    public String title() {
        return "Keys stored, memory and restart";
    }

    @Override
    public List<String> needs() {
        return List.of("wrk", "taskset", "nginx");
    }

    @Override
    public Part run(Bench bench) {
        List<List<String>> lines = new ArrayList<>();
        try (Nginx upstream = Nginx.upstream(bench)) {
            for (int count : List.of(FEW, bench.brief() ? MANY_IN_BRIEF : MANY)) {
                lines.add(line(bench, upstream, count, new Database.Sqlite(), "SQLite"));
                lines.add(line(bench, upstream, count, Database.PostgreSql.fresh(), "PostgreSQL"));
            }
        }
        return new Part.Table(
                List.of(
                        "keys",
                        "database",
                        "start, s",
                        "RSS at start, MB",
                        "cold requests/s",
                        "cold CPU, µs",
                        "queries/s",
                        "live heap, MB",
                        "bytes a key",
                        "RSS, MB",
                        "warm CPU, µs"),
                lines,
                List.of(
                        "Cold are the first " + WINDOW.toSeconds()
                                + " seconds after a restart, the code being cold as well, 64"
                                + " connections, each call with another key as long as there are others; warm is when all"
                                + " keys are in memory. Live heap is what a full collection leaves. Ten keys an application, ten applications an"
                                + " organization. Each call goes through the gateway to the upstream. Queries are"
                                + " transactions that PostgreSQL counted, the node's own beat included.",
                        "The bars: start below 3 s, live heap below 400 MB, 20,000 cold requests/s with at most 400"
                                + " queries/s."));
    }

    private List<String> line(Bench bench, Nginx upstream, int count, Database database, String label) {
        Path folder = bench.work().resolve("stored-" + count + "-" + label);
        Path keys = folder.resolve("keys.txt");
        try (Node first = Node.start(bench, folder, database)) {
            var _ = Installation.make(first, "http://127.0.0.1:" + upstream.port());
        }
        bench.say("storing " + count + " keys in " + label);
        Seeder.seed(folder.resolve("data"), database, count, keys);
        try (Node node = Node.restart(bench, folder, database)) {
            long pid = node.handle().pid();
            long residentAtStart = ProcStat.residentBytes(pid);
            long heapAtStart = Heap.liveBytes(pid);
            String url = node.sealed("/orders/17");
            long before = queries(database);
            Row.Once cold = calls(bench, node, url, keys, 0);
            long queries = queries(database) - before;
            // From a little before where the last calls ended, until every key was used.
            for (double used = 0.95 * cold.perSecond() * WINDOW.toSeconds(); used < count; ) {
                used += 0.95 * calls(bench, node, url, keys, (long) used).perSecond() * WINDOW.toSeconds();
            }
            long heap = Heap.liveBytes(pid);
            Row.Once warm = calls(bench, node, url, keys, 0);
            bench.say("%d keys in %s: %.0f MB live heap".formatted(count, label, heap / 1e6));
            return List.of(
                    String.format(Locale.ROOT, "%,d", count),
                    label,
                    String.format(Locale.ROOT, "%.2f", node.secondsToReady()),
                    megabytes(residentAtStart),
                    String.format(Locale.ROOT, "%,.0f", cold.perSecond()),
                    String.format(Locale.ROOT, "%.0f", cold.cpuMicros()),
                    queries == 0 ? "-" : String.format(Locale.ROOT, "%,.0f", queries / (double) WINDOW.toSeconds()),
                    megabytes(heap),
                    String.format(Locale.ROOT, "%,.0f", (heap - heapAtStart) / (double) count),
                    megabytes(ProcStat.residentBytes(pid)),
                    String.format(Locale.ROOT, "%.0f", warm.cpuMicros()));
        }
    }

    private static Row.Once calls(Bench bench, Node node, String url, Path keys, long from) {
        Load load = Load.bearersOf(url, keys.toString(), from);
        return bench.measured(new Subject("Gatehouse", node.handle(), load), WINDOW, CONNECTIONS);
    }

    /// Transactions so far. Each session of PostgreSQL adds its own to the shared count, at most once a second,
    /// and no other session can ask it to or see that it has: `pg_stat_force_next_flush()` is for the session
    /// that calls it. So the node's sessions get the time for it.
    private static long queries(Database database) {
        return switch (database) {
            case Database.Sqlite() -> 0;
            case Database.PostgreSql postgres -> {
                Pause.millis(1500);
                yield postgres.committed();
            }
        };
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / 1e6);
    }
}
