package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET O10: a crowd that asks one node for everything at once, far more than it has processors. Each is
/// answered, with 503 at worst, and when the crowd has left the node holds what it held before.
@ExtendWith(Clustered.class)
class OverloadTest {
    /// Requests of the crowd: seconds in every build, about ten minutes with `-Plong`.
    private static final int REQUESTS = Integer.getInteger("gatehouse.crowd-requests", 3_000);

    private static final int CROWD = 128;

    /// What a collector, a compiler or a connection pool may come to hold beside what a request left behind.
    private static final int SLACK = 16;

    @Test
    void o10EachIsAnsweredAndNothingStays(Estate estate) throws Exception {
        Node node = estate.cluster.node(1);
        Path process = Path.of("/proc", Long.toString(node.pid()));
        if (!Files.isDirectory(process)) {
            System.err.println("NOT RUN: overload of a node; it counts what a process holds in /proc");
            Assumptions.abort("no /proc");
        }
        crowd(estate, node, CROWD * 4);
        long files = count(process.resolve("fd"));
        long threads = count(process.resolve("task"));
        Map<Integer, Integer> statuses = crowd(estate, node, REQUESTS);
        System.out.println("overload " + statuses);
        assertThat(statuses.keySet()).isSubsetOf(200, 401, 503);
        assertThat(statuses).containsKeys(200, 401);
        Cluster.await("no file stays open", () -> count(process.resolve("fd")) <= files + SLACK);
        Cluster.await("no thread stays", () -> count(process.resolve("task")) <= threads + SLACK);
        estate.cluster.awaitAllReady();
        assertThat(estate.decided(node, "orders", estate.steady.bearer())).isEqualTo(200);
        assertThat(estate.minted(node, "parcels", estate.steady)).isNotEmpty();
    }

    private static Map<Integer, Integer> crowd(Estate estate, Node node, int requests) throws Exception {
        Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
        AtomicInteger begun = new AtomicInteger();
        String token = estate.minted(node, "parcels", estate.steady);
        try (Wire wire = new Wire();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                all.add(threads.submit(() -> {
                    for (int turn = begun.getAndIncrement(); turn < requests; turn = begun.getAndIncrement()) {
                        statuses.merge(one(estate, wire, node, token, turn), 1, Integer::sum);
                    }
                }));
            }
            for (Future<?> one : all) {
                Object _ = one.get();
            }
        }
        return statuses;
    }

    private static int one(Estate estate, Wire wire, Node node, String token, int turn) {
        return switch (turn % 5) {
            case 0 ->
                wire.form(node.port("orders"), "/oauth2/token", estate.steady.basic(), Estate.GRANT)
                        .status();
            case 1 ->
                wire.send(node.port("orders"), "GET", "/things", estate.steady.bearer())
                        .status();
            case 2 -> wire.send(node.port("parcels"), "GET", "/things", token).status();
            case 3 ->
                wire.send(node.port("orders"), "GET", "/things", "Bearer nobody-" + turn)
                        .status();
            default ->
                estate.cluster.admin(node, "GET", "/v1/organizations", "").status();
        };
    }

    private static long count(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
