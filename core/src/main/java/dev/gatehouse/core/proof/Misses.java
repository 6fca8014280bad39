package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Ask;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// How often each address may make this node look in the database for a name that nobody has: a username, a
/// `client_id` or the string of a session, since anybody can make those up. (A key that was drawn has a check
/// that costs nothing, and tokens are signed.) What is in memory, that nobody has a name included, is not
/// counted; what is found neither.
///
/// Kept for each address is when its bucket is full again (generic cell rate algorithm), in a table of a fixed
/// size: an address that hashes to another's place shares its bucket, and nobody knows which one does. An IPv6
/// host has a whole network of addresses, so its first half counts.
public final class Misses {
    /// How many at once.
    public static final int BURST = 200;

    /// How long until there is one more.
    public static final Duration REFILL = Duration.ofMillis(50);

    private static final int PLACES = 1 << 16;
    private static final int NETWORK_BYTES = 8;
    private static final long FULL = BURST * REFILL.toNanos();

    private final AtomicLongArray fullAt = new AtomicLongArray(PLACES);
    private final LongSupplier nanos;
    private final long origin;
    private final long seed;

    /// @param nanos the monotonic clock
    /// @param random decides which addresses share a place
    public Misses(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
        this.seed = random.nextLong();
    }

    /// How long until whoever asks may miss once more; zero when it may now.
    Duration wait(Ask ask) {
        return ask.address()
                .map(address -> Duration.ofNanos(Math.max(0, owed(address) + REFILL.toNanos() - FULL)))
                .orElse(Duration.ZERO);
    }

    private long owed(InetAddress address) {
        return fullAt.get(place(address)) - now();
    }

    /// Takes note of a miss. It has happened, so it counts in any case.
    void missed(Ask ask) {
        ask.address().ifPresent(address -> {
            long now = now();
            fullAt.accumulateAndGet(place(address), REFILL.toNanos(), (full, step) -> Math.max(full, now) + step);
        });
    }

    private long now() {
        return nanos.getAsLong() - origin;
    }

    private int place(InetAddress address) {
        byte[] bytes = address.getAddress();
        long hash = seed;
        for (byte one : bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes) {
            hash = (hash ^ one) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return (int) (hash & (PLACES - 1));
    }
}
