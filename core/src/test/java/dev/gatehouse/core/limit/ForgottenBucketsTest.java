package dev.gatehouse.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.limit.Buckets.Bucket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET M05: the memory of buckets is what it was made with, and filling it gets nobody out of its own.
class ForgottenBucketsTest {
    private static final Rate SLOW = new Rate(1, 3600, 10);
    private static final Rate TEN_A_SECOND = new Rate(10, 1, 10);

    private final AtomicLong clock = new AtomicLong();
    private final Buckets buckets = new Buckets(1024, 1024, clock::get, new Random(1));

    private boolean take(boolean anybody, long of, Rate rate) {
        long name = buckets.name(Limit.ADDRESS, of, 0, 0);
        return buckets.take(List.of(new Bucket(Limit.ADDRESS, anybody, name, rate)))
                .allowed();
    }

    private void empty(boolean anybody, long of, Rate rate) {
        boolean taken;
        do {
            taken = take(anybody, of, rate);
        } while (taken);
    }

    /// One request from each of a hundred times as many addresses as there are places.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void oneRequestFromEachOfManyAddressesDoesNotFreeWhoSpentItsBurst(long spent) {
        empty(true, -1 - spent, SLOW);
        for (long i = 1; i <= 100_000; i++) {
            assertThat(take(true, i, SLOW)).as("nobody else is refused").isTrue();
        }
        assertThat(buckets.forgotten()).isPositive();
        assertThat(take(true, -1 - spent, SLOW)).isFalse();
    }

    @Test
    void whatAnybodyCanMakeNeverDisplacesTheProven() {
        empty(false, -1, TEN_A_SECOND);
        for (long i = 1; i <= 10_000; i++) {
            empty(true, i, SLOW);
        }
        assertThat(buckets.forgotten()).isPositive();
        assertThat(take(false, -1, TEN_A_SECOND)).isFalse();
    }

    @Test
    void bucketsThatAreFullAgainMakeRoom() {
        for (int round = 0; round < 100; round++) {
            for (long i = 0; i < 64; i++) {
                assertThat(take(true, 1000L * round + i, TEN_A_SECOND)).isTrue();
            }
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        assertThat(buckets.forgotten()).isZero();
    }

    @Test
    void namesOfDifferentThingsDiffer() {
        assertThat(buckets.name(Limit.KEY, 1, 2, 3))
                .isEqualTo(buckets.name(Limit.KEY, 1, 2, 3))
                .isNotIn(
                        buckets.name(Limit.ROUTE, 1, 2, 3),
                        buckets.name(Limit.KEY, 2, 1, 3),
                        buckets.name(Limit.KEY, 1, 3, 2),
                        buckets.name(Limit.KEY, 3, 2, 1));
        assertThat(new Buckets(8, 8, clock::get, new Random(2)).name(Limit.KEY, 1, 2, 3))
                .as("nobody can say which share a set")
                .isNotEqualTo(buckets.name(Limit.KEY, 1, 2, 3));
    }
}
