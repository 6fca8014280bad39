package dev.gatehouse.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// Uses what is about to be revoked at several nodes at once, before, while and after it is (GAUNTLET H08). A
/// regular register: while the revoke is open either answer is right at each node, once denied stays denied
/// there, and no call that begins after the receipt is accepted.
final class Watch implements AutoCloseable {
    private static final int USES_AFTER_RECEIPT = 3;
    private static final Duration PACE = Duration.ofMillis(8);
    private static final long PATIENCE_SECONDS = 60;

    /// One call, by the monotonic clock of the test.
    record Use(long sent, int status) {
        boolean accepted() {
            return status == 200;
        }

        boolean denied() {
            return status == 401 || status == 403;
        }
    }

    /// What came of one revoke.
    ///
    /// @param took from the first time that it was asked for until its receipt
    /// @param statuses of all calls
    record Seen(Duration took, List<Integer> statuses) {}

    private final Estate estate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Watch(Estate estate) {
        this.estate = estate;
    }

    /// Makes, uses, revokes at one node, and uses again, all being well.
    ///
    /// @param used the nodes where it is used
    Seen revoke(Victim.Kind kind, List<Node> used, Node at) throws Exception {
        return revoke(kind, used, at, Trouble.NONE);
    }

    /// What happens from before a revoke until after its receipt.
    interface Trouble {
        /// None at all.
        Trouble NONE = new Trouble() {
            @Override
            public void begin() {}

            @Override
            public void end(Victim revoked) {}
        };

        void begin() throws Exception;

        void end(Victim revoked) throws Exception;
    }

    /// The same in trouble: a revoke that is not acknowledged is asked for again.
    Seen revoke(Victim.Kind kind, List<Node> used, Node at, Trouble trouble) throws Exception {
        Victim victim = estate.victim(kind);
        AtomicLong receipt = new AtomicLong(Long.MAX_VALUE);
        CountDownLatch accepted = new CountDownLatch(used.size());
        List<Future<List<Use>>> users = new ArrayList<>();
        for (Node node : used) {
            users.add(threads.submit(() -> use(victim, node, accepted, receipt)));
        }
        assertThat(accepted.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%s is accepted at first", kind)
                .isTrue();
        trouble.begin();
        long asked = System.nanoTime();
        AtomicReference<Got> got = new AtomicReference<>();
        Cluster.await(kind + " is revoked", () -> {
            got.set(victim.revoke().apply(at));
            return got.get().status() != 0 && got.get().status() != 503;
        });
        long answered = System.nanoTime();
        receipt.set(answered);
        got.get().expecting(200);
        trouble.end(victim);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            List<Use> uses = users.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            check(kind + " at " + used.get(i).name, uses, answered);
            uses.forEach(use -> statuses.add(use.status()));
        }
        return new Seen(Duration.ofNanos(answered - asked), statuses);
    }

    private static List<Use> use(Victim victim, Node node, CountDownLatch accepted, AtomicLong receipt) {
        List<Use> uses = new ArrayList<>();
        boolean counted = false;
        int after = 0;
        while (after < USES_AFTER_RECEIPT) {
            long sent = System.nanoTime();
            Use use = new Use(sent, victim.use().applyAsInt(node));
            uses.add(use);
            if (use.accepted() && !counted) {
                counted = true;
                accepted.countDown();
            }
            // An answer that says nothing (a node that cannot know, a broken connection) is asked for again.
            if (sent - receipt.get() > 0 && receipt.get() != Long.MAX_VALUE && (use.accepted() || use.denied())) {
                after++;
            }
            LockSupport.parkNanos(PACE.toNanos());
        }
        return uses;
    }

    private static void check(String what, List<Use> uses, long receipt) {
        boolean denied = false;
        for (Use use : uses) {
            assertThat(use.accepted() && use.sent() - receipt > 0)
                    .as("%s is accepted after the receipt", what)
                    .isFalse();
            assertThat(use.accepted() && denied).as("%s flaps", what).isFalse();
            denied |= use.denied();
        }
        assertThat(denied).as("%s is denied in the end", what).isTrue();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
