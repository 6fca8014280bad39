package dev.gatehouse.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.limit.Buckets.Bucket;
import dev.gatehouse.core.limit.Buckets.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private static final Rate TEN_A_SECOND = new Rate(10, 1, 10);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow at any moment
    private final Buckets buckets = new Buckets(1024, 1024, clock::get, new Random(1));

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Bucket of(long name, Rate rate) {
        return new Bucket(Limit.CREDENTIAL, false, name, rate);
    }

    private Taken take(long name, Rate rate) {
        return buckets.take(List.of(of(name, rate)));
    }

    private long takenAtOnce(long name, Rate rate) {
        return LongStream.range(0, 2_000_000)
                .takeWhile(_ -> take(name, rate).allowed())
                .count();
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "10,1,10", "10,1,40", "40,1,5", "25,60,25", "1000000,1,1000", "3,7,2", "1,86400,30"})
    void aBurstIsAllowedAtOnceAndThenOneForEachInterval(long requests, long seconds, long burst) {
        Rate rate = new Rate(requests, seconds, burst);
        assertThat(takenAtOnce(7, rate)).isEqualTo(burst);
        for (int i = 0; i < 3; i++) {
            Duration wait = take(7, rate).after();
            assertThat(wait).isEqualTo(Duration.ofNanos(rate.intervalNanos()));
            pass(wait.minusNanos(1));
            assertThat(take(7, rate).allowed()).isFalse();
            pass(Duration.ofNanos(1));
            assertThat(take(7, rate).allowed()).isTrue();
            assertThat(take(7, rate).allowed()).isFalse();
        }
    }

    /// Whatever the arrivals, in every stretch of time there pass no more than a burst and what the rate gives in
    /// it; whoever keeps to what it is told always passes.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noStretchOfTimeHasMoreThanItsShare(long seed) {
        Random random = new Random(seed);
        Rate rate = new Rate(1 + random.nextInt(50), 1 + random.nextInt(20), 1 + random.nextInt(30));
        List<Long> passed = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 2000; i++) {
            long step = random.nextInt(3) == 0 ? 0 : random.nextLong(2 * rate.intervalNanos());
            now += step;
            pass(Duration.ofNanos(step));
            Taken taken = take(7, rate);
            if (taken.allowed()) {
                passed.add(now);
            } else {
                assertThat(taken.after()).isPositive().isLessThanOrEqualTo(Duration.ofNanos(rate.intervalNanos()));
                assertThat(taken.remaining()).isZero();
            }
        }
        assertThat(passed).hasSizeGreaterThan((int) rate.burst());
        for (int from = 0; from < passed.size(); from++) {
            for (int to = from; to < Math.min(passed.size(), from + 200); to++) {
                long share = rate.burst() + (passed.get(to) - passed.get(from)) / rate.intervalNanos();
                assertThat(to - from + 1L).isLessThanOrEqualTo(share);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whoWaitsAsLongAsItIsToldPasses(long seed) {
        Random random = new Random(seed);
        Rate rate = new Rate(1 + random.nextInt(50), 1 + random.nextInt(20), 1 + random.nextInt(30));
        for (int i = 0; i < 500; i++) {
            Taken taken = take(7, rate);
            if (!taken.allowed()) {
                pass(taken.after());
                assertThat(take(7, rate).allowed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsToldToRemainRemains(long seed) {
        Random random = new Random(seed);
        Rate rate = new Rate(1 + random.nextInt(50), 1 + random.nextInt(20), 1 + random.nextInt(30));
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofNanos(random.nextLong(rate.fullNanos())));
            Taken first = take(7, rate);
            assertThat(takenAtOnce(7, rate)).isEqualTo(first.remaining());
        }
    }

    @Test
    void aBucketIsFullAgainAfterAPauseAndNeverMoreThanFull() {
        assertThat(takenAtOnce(7, TEN_A_SECOND)).isEqualTo(10);
        Duration full = take(7, TEN_A_SECOND).full();
        assertThat(full).isEqualTo(Duration.ofSeconds(1));
        pass(full);
        assertThat(takenAtOnce(7, TEN_A_SECOND)).isEqualTo(10);
        pass(Duration.ofDays(400));
        assertThat(takenAtOnce(7, TEN_A_SECOND)).isEqualTo(10);
    }

    @Test
    void whatIsRefusedTakesNothing() {
        assertThat(takenAtOnce(7, TEN_A_SECOND)).isEqualTo(10);
        for (int i = 0; i < 1000; i++) {
            assertThat(take(7, TEN_A_SECOND).allowed()).isFalse();
        }
        pass(Duration.ofMillis(100));
        assertThat(take(7, TEN_A_SECOND).allowed()).isTrue();
    }

    @Test
    void ofSeveralBucketsOneIsTakenFromEachOrNoneFromAny() {
        Bucket wide = of(1, new Rate(100, 1, 100));
        Bucket narrow = new Bucket(Limit.ADDRESS, true, 2, new Rate(1, 1, 3));
        for (int i = 0; i < 3; i++) {
            assertThat(buckets.take(List.of(wide, narrow)).allowed()).isTrue();
        }
        for (int i = 0; i < 50; i++) {
            Taken refused = buckets.take(i % 2 == 0 ? List.of(wide, narrow) : List.of(narrow, wide));
            assertThat(refused.allowed()).isFalse();
            assertThat(refused.tightest()).isEqualTo(narrow);
        }
        assertThat(buckets.look(List.of(wide)).remaining()).isEqualTo(96);
    }

    @Test
    void whatIsLeftIsToldOfTheTightest() {
        Taken taken = buckets.take(List.of(of(1, new Rate(100, 1, 100)), of(2, TEN_A_SECOND)));
        assertThat(taken.remaining()).isEqualTo(9);
        assertThat(taken.tightest().rate()).isEqualTo(TEN_A_SECOND);
        assertThat(taken.full()).isEqualTo(Duration.ofMillis(100));
        assertThat(taken.quota()).isEqualTo(new Quota(Limit.CREDENTIAL, TEN_A_SECOND, 9, Duration.ofMillis(100)));
        assertThat(take(3, new Rate(10, 1, 50)).quota().remaining())
                .as("no more than the rate")
                .isEqualTo(10);
    }

    @Test
    void whoIsOverSeveralLimitsIsToldTheLongestWait() {
        Bucket soon = of(1, new Rate(1, 1, 1));
        Bucket late = of(2, new Rate(1, 60, 1));
        assertThat(buckets.take(List.of(soon, late)).allowed()).isTrue();
        assertThat(buckets.take(List.of(soon, late)).after()).isEqualTo(Duration.ofSeconds(60));
        assertThat(buckets.take(List.of(late, soon)).after()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void lookingTakesNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.look(List.of(of(7, TEN_A_SECOND))).remaining()).isEqualTo(9);
        }
        assertThat(takenAtOnce(7, TEN_A_SECOND)).isEqualTo(10);
        assertThat(buckets.look(List.of(of(7, TEN_A_SECOND))).allowed()).isFalse();
    }

    @Test
    void whatIsGivenBackIsThere() {
        List<Bucket> both = List.of(of(1, TEN_A_SECOND), new Bucket(Limit.ADDRESS, true, 2, TEN_A_SECOND));
        for (int i = 0; i < 1000; i++) {
            assertThat(buckets.take(both).allowed()).isTrue();
            buckets.give(both);
        }
        assertThat(takenAtOnce(1, TEN_A_SECOND)).isEqualTo(10);
        buckets.give(List.of(of(9, TEN_A_SECOND)));
        assertThat(takenAtOnce(9, TEN_A_SECOND)).as("never more than full").isEqualTo(10);
    }

    @Test
    void aNarrowerRateHoldsFromNowOn() {
        Rate slow = new Rate(1, 86_400, 30);
        assertThat(takenAtOnce(7, slow)).isEqualTo(30);
        Taken taken = take(7, TEN_A_SECOND);
        assertThat(taken.allowed()).isFalse();
        assertThat(taken.after()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void manyAtOncePassNoMoreThanTheBurst() throws Exception {
        Rate rate = new Rate(1, 86_400, 20);
        List<Bucket> both = List.of(of(1, rate), new Bucket(Limit.ADDRESS, true, 2, new Rate(1, 86_400, 30)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                List<Bucket> order = i % 2 == 0 ? both : both.reversed();
                all.add(threads.submit(() -> buckets.take(order).allowed()));
            }
            int passed = 0;
            for (Future<Boolean> one : all) {
                passed += one.get() ? 1 : 0;
            }
            assertThat(passed).isEqualTo(20);
        }
        assertThat(buckets.look(List.of(both.getLast())).remaining()).isEqualTo(9);
    }
}
