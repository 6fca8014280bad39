package dev.gatehouse.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// Calls and mints of an application that nobody touches, at every node, until it is stopped.
final class Load {
    private static final int USERS = 3;
    private static final Duration PACE = Duration.ofMillis(60);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Map<Integer, Integer>>> users = new ArrayList<>();
    private volatile boolean over;

    private Load() {}

    static Load on(Estate estate, List<Node> nodes) {
        Load load = new Load();
        for (Node node : nodes) {
            String jwt = estate.minted(node, "orders", estate.steady);
            load.users.add(load.threads.submit(() -> load.use(estate, node, jwt)));
        }
        return load;
    }

    /// The same through a proxy before the listeners of `orders`.
    static Load through(Estate estate, int port) {
        Load load = new Load();
        String jwt = estate.minted(estate.cluster.node(0), "orders", estate.steady);
        for (int i = 0; i < USERS; i++) {
            load.users.add(load.threads.submit(() -> load.use(estate, port, jwt)));
        }
        return load;
    }

    private Map<Integer, Integer> use(Estate estate, int port, String jwt) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        while (!over) {
            statuses.merge(estate.call(port, jwt), 1, Integer::sum);
            statuses.merge(estate.call(port, estate.steady.bearer()), 1, Integer::sum);
            statuses.merge(estate.token(port, estate.steady.basic()).status(), 1, Integer::sum);
            LockSupport.parkNanos(PACE.toNanos());
        }
        return statuses;
    }

    private Map<Integer, Integer> use(Estate estate, Node node, String jwt) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        while (!over) {
            statuses.merge(estate.call(node, "orders", jwt), 1, Integer::sum);
            statuses.merge(estate.call(node, "parcels", estate.steady.bearer()), 1, Integer::sum);
            statuses.merge(estate.token(node, "parcels", estate.steady.basic()).status(), 1, Integer::sum);
            LockSupport.parkNanos(PACE.toNanos());
        }
        return statuses;
    }

    /// How often each status came at each node.
    List<Map<Integer, Integer>> stop() throws InterruptedException, ExecutionException {
        over = true;
        List<Map<Integer, Integer>> seen = new ArrayList<>();
        for (Future<Map<Integer, Integer>> user : users) {
            seen.add(user.get());
        }
        threads.shutdown();
        return seen;
    }
}
