package dev.gatehouse.storage.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.storage.freshness.FreshnessModel.Outcome;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// ADR 0001 as tests: our protocol against schedules with pauses, suspended machines, crashes, slow databases and
/// clocks that differ,
/// and each natural reading that fails against the same schedules.
class FreshnessModelTest {
    private static final int SCHEDULES = 2_000;
    private static final int SCHEDULES_FOR_A_COUNTEREXAMPLE = 20_000;

    @Test
    void noRequestThatArrivesAfterTheReceiptIsAccepted() {
        int receipts = 0;
        int accepted = 0;
        for (long seed = 0; seed < SCHEDULES; seed++) {
            Outcome outcome = FreshnessModel.run(Protocol.OURS, seed);
            assertThat(outcome.acceptedAfterReceipt()).as("seed %d", seed).isZero();
            receipts += outcome.receipts();
            accepted += outcome.accepted();
        }
        assertThat(receipts).as("narrowing writes are answered").isGreaterThan(4 * SCHEDULES);
        assertThat(accepted).as("requests are served").isGreaterThan(100 * SCHEDULES);
    }

    static Stream<Arguments> readingsThatFail() {
        return Stream.of(
                Arguments.of(
                        "a lease counted from the database's reply", Protocol.OURS.with(Protocol.Lease.FROM_THE_REPLY)),
                Arguments.of("a lease kept as a wall time stamp", Protocol.OURS.with(Protocol.Lease.WALL_TIME_STAMP)),
                Arguments.of(
                        "a suspended machine's monotonic clock alone", Protocol.OURS.with(Protocol.Clocks.MONOTONIC)),
                Arguments.of("a wait without the clocks' rate error", Protocol.OURS.with(Protocol.Margin.WITHOUT)),
                Arguments.of(
                        "a fill stored after a change it did not see", Protocol.OURS.with(Protocol.Fill.ALWAYS_STORED)),
                Arguments.of(
                        "dead nodes told by the age of their beat", Protocol.OURS.with(Protocol.Dead.BY_HEARTBEAT_AGE)),
                Arguments.of("a feed of seq > last", Protocol.OURS.with(Protocol.Feed.SEQ_GREATER_THAN_LAST)),
                Arguments.of(
                        "a feed that waits for the oldest transaction",
                        Protocol.OURS.with(Protocol.Feed.BELOW_OLDEST_TRANSACTION)),
                Arguments.of(
                        "a baseline that does not look at the node's row",
                        Protocol.OURS.with(Protocol.Join.ROW_THEN_PLAIN_BASELINE)),
                Arguments.of("a node that serves before its row is there", Protocol.OURS.with(Protocol.Join.ROW_LAST)),
                Arguments.of(
                        "changes reported by the beat that brings them",
                        Protocol.OURS.with(Protocol.Report.SAME_BEAT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readingsThatFail")
    void theNaturalReadingsHaveACounterexample(String reading, Protocol protocol) {
        assertThat(LongStream.range(0, SCHEDULES_FOR_A_COUNTEREXAMPLE)
                        .filter(seed -> FreshnessModel.run(protocol, seed).acceptedAfterReceipt() > 0)
                        .findFirst())
                .as(reading)
                .isPresent();
    }
}
