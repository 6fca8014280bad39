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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// GAUNTLET O06: random histories of suspending, resuming, using, minting and introspecting with one application, and
/// of revoking a token of another, at three nodes while the way of one of them to the database comes and goes: two
/// regular registers each.
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
            for (History history : histories(estate, seeds.split())) {
                assertThat(history.uses).hasSizeGreaterThan(WRITES);
                assertThat(history.unexplained())
                        .as("history %d of seed %d: %s", i, SEED, history.writes)
                        .isEmpty();
            }
            estate.cluster.awaitAllReady();
        }
    }

    private static List<History> histories(Estate estate, SplittableRandom random) throws Exception {
        Node first = estate.cluster.node(0);
        Estate.Member member = estate.member();
        String token = estate.minted(first, "parcels", member);
        String mortal = estate.minted(first, "parcels", estate.steady);
        AtomicBoolean over = new AtomicBoolean();
        History application = new History();
        History revoked = new History();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> users = new ArrayList<>();
            for (Node node : estate.cluster.nodes) {
                for (IntSupplier call : List.<IntSupplier>of(
                        () -> estate.call(node, "orders", member.bearer()),
                        () -> estate.call(node, "parcels", token),
                        () -> estate.token(node, "parcels", member.basic()).status(),
                        () -> estate.introspected(node, "parcels", member, token))) {
                    users.add(threads.submit(() -> use(application, node, call, over)));
                }
                for (IntSupplier call : List.<IntSupplier>of(
                        () -> estate.call(node, "parcels", mortal),
                        () -> estate.introspected(node, "parcels", estate.steady, mortal))) {
                    users.add(threads.submit(() -> use(revoked, node, call, over)));
                }
            }
            try {
                boolean open = true;
                int last = random.nextInt(WRITES);
                for (int i = 0; i < WRITES; i++) {
                    trouble(estate.cluster.node(2), random.nextInt(4));
                    open = !open;
                    Node at = estate.cluster.node(random.nextInt(2));
                    String verb = "/v1/applications/" + member.application() + (open ? "/resume" : "/suspend");
                    application.writes.add(write(open, at, () -> estate.cluster.admin(at, "POST", verb, "")));
                    if (i == last) {
                        revoked.writes.add(write(false, at, () -> estate.revoked(at, "parcels", mortal)));
                    }
                }
            } finally {
                estate.cluster.node(2).way.open();
                over.set(true);
            }
            for (Future<?> user : users) {
                user.get();
            }
        }
        // After the last write, which opens, nothing stays shut, but what was revoked.
        for (Node node : estate.cluster.nodes) {
            Cluster.await(
                    node.name + " accepts again",
                    () -> estate.call(node, "orders", member.bearer()) == 200
                            && estate.call(node, "parcels", token) == 200
                            && estate.call(node, "parcels", mortal) == 401);
        }
        return List.of(application, revoked);
    }

    private static void trouble(Node node, int kind) {
        switch (kind) {
            case 0 -> node.way.hold();
            case 1 -> node.way.cut();
            default -> node.way.open();
        }
    }

    private static History.Write write(boolean opens, Node at, Supplier<Got> verb) {
        long from = System.nanoTime();
        Cluster.await("it is written", () -> verb.get().status() == 200);
        return new History.Write(opens, at.name, from, System.nanoTime());
    }

    private static void use(History history, Node node, IntSupplier call, AtomicBoolean over) {
        while (!over.get()) {
            long from = System.nanoTime();
            int status = call.getAsInt();
            if (status == 200 || status == 401) {
                history.uses.add(new History.Use(node.name, from, System.nanoTime(), status == 200));
            } else {
                assertThat(status)
                        .as("%s after %d ms", node.name, (System.nanoTime() - from) / 1_000_000)
                        .isEqualTo(503);
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
    }
}
