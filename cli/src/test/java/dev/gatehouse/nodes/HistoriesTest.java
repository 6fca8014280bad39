package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET O06: random histories of suspending, resuming, using and minting with one application at three nodes
/// while the way of one of them to the database comes and goes, each a regular register.
@ExtendWith(Clustered.class)
class HistoriesTest {
    /// Histories: two in every build, 200 with `-Plong`.
    private static final int HISTORIES = Integer.getInteger("gatehouse.histories", 2);

    private static final int WRITES = 8;
    private static final Duration PACE = Duration.ofMillis(5);
    private static final long SEED = Long.getLong("gatehouse.seed", 20_261_121);

    @Test
    void o06EveryHistoryIsARegularRegister(Estate estate) throws Exception {
        System.out.println("seed " + SEED);
        SplittableRandom seeds = new SplittableRandom(SEED);
        for (int i = 0; i < HISTORIES; i++) {
            History history = history(estate, seeds.split());
            assertThat(history.uses).hasSizeGreaterThan(WRITES);
            assertThat(history.unexplained())
                    .as("history %d of seed %d: %s", i, SEED, history.writes)
                    .isEmpty();
            estate.cluster.awaitAllReady();
        }
    }

    private static History history(Estate estate, SplittableRandom random) throws Exception {
        Estate.Member member = estate.member();
        String token = estate.minted(estate.cluster.node(0), "parcels", member);
        AtomicBoolean over = new AtomicBoolean();
        History history = new History();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<History.Use>>> users = new ArrayList<>();
            for (Node node : estate.cluster.nodes) {
                users.add(threads.submit(() -> use(node, () -> estate.call(node, "orders", member.bearer()), over)));
                users.add(threads.submit(() -> use(node, () -> estate.call(node, "parcels", token), over)));
                users.add(threads.submit(() -> use(
                        node,
                        () -> estate.token(node, "parcels", member.basic()).status(),
                        over)));
            }
            try {
                boolean open = true;
                for (int i = 0; i < WRITES; i++) {
                    trouble(estate.cluster.node(2), random.nextInt(4));
                    open = !open;
                    Node at = estate.cluster.node(random.nextInt(2));
                    history.writes.add(write(estate, member, at, open));
                }
            } finally {
                estate.cluster.node(2).way.open();
                over.set(true);
            }
            for (Future<List<History.Use>> user : users) {
                history.uses.addAll(user.get());
            }
        }
        // After the last write, which opens, nothing stays shut.
        for (Node node : estate.cluster.nodes) {
            Cluster.await(
                    node.name + " accepts again",
                    () -> estate.call(node, "orders", member.bearer()) == 200
                            && estate.call(node, "parcels", token) == 200);
        }
        return history;
    }

    private static void trouble(Node node, int kind) {
        switch (kind) {
            case 0 -> node.way.hold();
            case 1 -> node.way.cut();
            default -> node.way.open();
        }
    }

    private static History.Write write(Estate estate, Estate.Member member, Node at, boolean opens) {
        String path = "/v1/applications/" + member.application() + (opens ? "/resume" : "/suspend");
        long from = System.nanoTime();
        Cluster.await(
                "it is written",
                () -> estate.cluster.admin(at, "POST", path, "").status() == 200);
        return new History.Write(opens, at.name, from, System.nanoTime());
    }

    private static List<History.Use> use(Node node, IntSupplier call, AtomicBoolean over) {
        List<History.Use> uses = new ArrayList<>();
        while (!over.get()) {
            long from = System.nanoTime();
            int status = call.getAsInt();
            if (status == 200 || status == 401) {
                uses.add(new History.Use(node.name, from, System.nanoTime(), status == 200));
            } else {
                assertThat(status).isEqualTo(503);
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
        return uses;
    }
}
