package dev.gatehouse.core.limit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Many buckets in memory of a fixed size, by the generic cell rate algorithm: of each is kept when it will be
/// full again, and nothing else. One that is full again is as good as none, so its place is free (GAUNTLET M05).
///
/// Places are found by a keyed hash, eight to a set. When all eight of a set are taken, the bucket that would be
/// full again soonest is forgotten, and whoever it is of may do one burst more than its rate. The trade: nobody
/// is refused for want of memory, and who wants its own bucket forgotten has to fill its whole set with buckets
/// that owe more than its own does, without knowing which those are; one request from each of many addresses owes
/// less than the burst that the bucket is worth. Buckets that anybody can make by coming from another address are
/// in a table of their own, so that they never displace what a proven credential owes. How often something is
/// forgotten is counted.
public final class Buckets {
    private static final int WAYS = 8;
    private static final int LOCKS = 256;

    /// One bucket that a request takes from.
    ///
    /// @param anybody whether whoever comes from another address has another one
    /// @param name whose it is, drawn by [Buckets#name]
    public record Bucket(Limit limit, boolean anybody, long name, Rate rate) {}

    /// What taking gave.
    ///
    /// @param allowed whether there was one in each bucket; otherwise nothing was taken from any
    /// @param tightest the bucket that refuses for longest, or the one with the least left
    /// @param remaining how many are left in that one
    /// @param after until there is one in each
    /// @param full until the tightest is full again
    public record Taken(boolean allowed, Bucket tightest, long remaining, Duration after, Duration full) {
        /// What callers are told.
        public Quota quota() {
            return new Quota(
                    tightest.limit(),
                    tightest.rate(),
                    Math.min(remaining, tightest.rate().requests()),
                    full);
        }
    }

    private final Table proven;
    private final Table anybody;
    private final Object[] locks = new Object[LOCKS];
    private final long seed;
    private final LongSupplier nanos;
    private final long origin;

    /// @param proven how many buckets are kept of proven callers, at 16 bytes each; rounded up to a power of two
    /// @param anybody the same, of those that anybody can make
    /// @param nanos the monotonic clock
    public Buckets(int proven, int anybody, LongSupplier nanos, RandomGenerator random) {
        this.proven = new Table(proven);
        this.anybody = new Table(anybody);
        this.seed = random.nextLong();
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        Arrays.setAll(locks, _ -> new Object());
    }

    /// Draws the name of a bucket from what it is of.
    public long name(Limit limit, long first, long second, long third) {
        long hash = mix(seed ^ limit.word().hashCode());
        hash = mix(hash ^ first);
        hash = mix(hash ^ second);
        return mix(hash ^ third);
    }

    /// The finalizer of SplitMix64, a bijection whose output bits each depend on all of its input.
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// Takes one from each of these buckets, or none from any.
    public Taken take(List<Bucket> buckets) {
        return locked(order(buckets), 0, buckets, true);
    }

    /// What taking would give; nothing is taken.
    public Taken look(List<Bucket> buckets) {
        return locked(order(buckets), 0, buckets, false);
    }

    /// Gives back what was taken for a request that then was not served.
    public void give(List<Bucket> buckets) {
        for (Bucket bucket : buckets) {
            synchronized (locks[lock(bucket)]) {
                table(bucket).give(bucket, now());
            }
        }
    }

    /// How often a bucket was forgotten that was not full again.
    public long forgotten() {
        return proven.forgotten.sum() + anybody.forgotten.sum();
    }

    /// Always in the same order, so that no two requests wait for each other.
    private int[] order(List<Bucket> buckets) {
        int[] order = new int[buckets.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = lock(buckets.get(i));
        }
        Arrays.sort(order);
        return order;
    }

    private Taken locked(int[] order, int at, List<Bucket> buckets, boolean take) {
        if (at == order.length) {
            return taken(buckets, take);
        }
        synchronized (locks[order[at]]) {
            return locked(order, at + 1, buckets, take);
        }
    }

    private Taken taken(List<Bucket> buckets, boolean take) {
        long now = now();
        Level tightest = level(buckets.getFirst(), now);
        for (Bucket bucket : buckets) {
            Level level = level(bucket, now);
            tightest = level.tighterThan(tightest) ? level : tightest;
        }
        if (take && tightest.left() >= 0) {
            buckets.forEach(bucket -> table(bucket).take(bucket, now));
        }
        return tightest.taken();
    }

    private Level level(Bucket bucket, long now) {
        long owed = table(bucket).owed(bucket, now);
        return new Level(
                bucket, bucket.rate().fullNanos() - owed - bucket.rate().intervalNanos());
    }

    /// How full a bucket would be without one more.
    ///
    /// @param left in nanoseconds of its rate; negative where there is not one
    private record Level(Bucket bucket, long left) {
        boolean tighterThan(Level other) {
            return (left < 0 || other.left < 0) ? left < other.left : remaining() < other.remaining();
        }

        long remaining() {
            return left < 0 ? 0 : left / bucket.rate().intervalNanos();
        }

        Taken taken() {
            long missing = bucket.rate().fullNanos() - left;
            return left < 0
                    ? new Taken(
                            false,
                            bucket,
                            0,
                            Duration.ofNanos(-left),
                            Duration.ofNanos(missing - bucket.rate().intervalNanos()))
                    : new Taken(true, bucket, remaining(), Duration.ZERO, Duration.ofNanos(missing));
        }
    }

    /// Since these buckets were made, plus one, so that zero is before all of them.
    private long now() {
        return nanos.getAsLong() - origin + 1;
    }

    private Table table(Bucket bucket) {
        return bucket.anybody() ? anybody : proven;
    }

    private int lock(Bucket bucket) {
        return table(bucket).set(bucket.name()) & (LOCKS - 1);
    }

    /// One table. Each set is guarded by the lock of its number.
    private static final class Table {
        private final long[] names;
        private final long[] fullAt;
        private final int sets;
        private final LongAdder forgotten = new LongAdder();

        Table(int places) {
            this.sets = Integer.highestOneBit(Math.max(1, (places - 1) / WAYS)) * 2;
            this.names = new long[sets * WAYS];
            this.fullAt = new long[sets * WAYS];
        }

        int set(long name) {
            return (int) (name >>> 33) & (sets - 1);
        }

        /// What is missing in a bucket, in nanoseconds of its rate; no more than all where the rate was another
        /// one before.
        long owed(Bucket bucket, long now) {
            int place = find(bucket.name(), now);
            return place < 0 ? 0 : Math.min(fullAt[place] - now, bucket.rate().fullNanos());
        }

        void take(Bucket bucket, long now) {
            long next = now + owed(bucket, now) + bucket.rate().intervalNanos();
            int place = find(bucket.name(), now);
            int into = place < 0 ? room(set(bucket.name()), now) : place;
            names[into] = bucket.name();
            fullAt[into] = next;
        }

        void give(Bucket bucket, long now) {
            int place = find(bucket.name(), now);
            if (place >= 0) {
                fullAt[place] -= bucket.rate().intervalNanos();
            }
        }

        private int find(long name, long now) {
            int first = set(name) * WAYS;
            for (int i = first; i < first + WAYS; i++) {
                if (names[i] == name && fullAt[i] > now) {
                    return i;
                }
            }
            return -1;
        }

        private int room(int set, long now) {
            int soonest = set * WAYS;
            for (int i = soonest + 1; i < (set + 1) * WAYS; i++) {
                if (fullAt[i] < fullAt[soonest]) {
                    soonest = i;
                }
            }
            if (fullAt[soonest] > now) {
                forgotten.increment();
            }
            return soonest;
        }
    }
}
