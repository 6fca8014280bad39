package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How long a poll is trusted.
class LeaseTest {
    private static final Timing TIMING = Timing.of(Duration.ofMillis(1500), Duration.ofMillis(250));

    private final SteppedClock clock = new SteppedClock();
    private final Lease lease = new Lease(clock::nanos, clock, TIMING);

    @Test
    void nothingIsFreshBeforeTheFirstPoll() {
        assertThat(lease.fresh(clock.nanos())).isFalse();
    }

    @Test
    void aPollIsTrustedFromBeforeItWasSent() {
        Lease.Start start = lease.start();
        clock.advance(Duration.ofMillis(400));
        lease.trust(start);
        clock.advance(Duration.ofMillis(1099));
        assertThat(lease.fresh(clock.nanos())).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(lease.fresh(clock.nanos())).isFalse();
    }

    @Test
    void aRequestCountsByItsArrival() {
        lease.trust(lease.start());
        long arrived = clock.nanos();
        clock.advanceMonotonic(Duration.ofSeconds(2));
        assertThat(lease.fresh(arrived)).isTrue();
        assertThat(lease.fresh(clock.nanos())).isFalse();
    }

    @Test
    void aSuspendedMachineTrustsNothingThoughItsMonotonicClockStoodStill() {
        lease.trust(lease.start());
        clock.advanceWall(Duration.ofMillis(1500));
        assertThat(lease.fresh(clock.nanos())).isFalse();
    }

    @Test
    void anEndedLeaseIsOver() {
        lease.trust(lease.start());
        lease.end();
        assertThat(lease.fresh(clock.nanos())).isFalse();
    }

    /// `on_database_loss`: the age counts from the clocks before the last trusted poll, and goes on
    /// counting when the lease is over.
    @Test
    void factsAreAsOldAsTheLastTrustedPollOnBothClocks() {
        Duration age = Duration.ofSeconds(60);
        assertThat(lease.fresh(clock.nanos(), age)).isFalse();
        Lease.Start start = lease.start();
        clock.advance(Duration.ofSeconds(1));
        lease.trust(start);
        lease.end();
        clock.advance(Duration.ofSeconds(58));
        assertThat(lease.fresh(clock.nanos(), age)).isTrue();
        clock.advanceWall(Duration.ofSeconds(1));
        assertThat(lease.fresh(clock.nanos(), age)).isFalse();
        clock.advanceWall(Duration.ofSeconds(-1));
        clock.advanceMonotonic(Duration.ofSeconds(1));
        assertThat(lease.fresh(clock.nanos(), age)).isFalse();
    }

    @Test
    void theMonotonicClockMayPassItsLargestNumber() {
        clock.advanceMonotonic(Duration.ofNanos(Long.MAX_VALUE - 1));
        lease.trust(lease.start());
        clock.advance(Duration.ofMillis(1499));
        assertThat(lease.fresh(clock.nanos())).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(lease.fresh(clock.nanos())).isFalse();
    }

    @Test
    void patienceOutlastsEveryLeaseByTheRateError() {
        assertThat(TIMING.patienceNanos()).isEqualTo(Duration.ofMillis(1515).toNanos());
    }
}
