package dev.gatehouse.storage.freshness;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/// The true time of the model, in microseconds, and what happens in it: a queue of steps in the order of their
/// times. The same seed gives the same run.
final class World {
    static final long MILLI = 1_000;
    static final long SECOND = 1_000 * MILLI;

    private record Step(long at, long order, Runnable action) {}

    final Random random;
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::order));
    private long now;
    private long order;

    World(long seed) {
        this.random = new Random(seed);
    }

    long now() {
        return now;
    }

    void at(long time, Runnable action) {
        steps.add(new Step(Math.max(time, now), order++, action));
    }

    void in(long delay, Runnable action) {
        at(now + delay, action);
    }

    void runUntil(long end) {
        while (!steps.isEmpty() && steps.peek().at() <= end) {
            Step step = steps.remove();
            now = step.at();
            step.action().run();
        }
    }

    /// How long a message or a statement takes: mostly a millisecond, now and then more than a lease.
    long delay() {
        int dice = random.nextInt(100);
        if (dice < 88) {
            return 50L + random.nextInt(3_000);
        }
        return dice < 96 ? random.nextInt(400_000) : random.nextInt(3_000_000);
    }
}
