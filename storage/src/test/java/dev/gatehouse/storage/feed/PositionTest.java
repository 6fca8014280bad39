package dev.gatehouse.storage.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a snapshot covers.
class PositionTest {
    @ParameterizedTest
    @CsvSource({
        "10:10:, 9, true",
        "10:10:, 10, false",
        "10:20:, 15, true",
        "'10:20:10,15', 10, false",
        "'10:20:10,15', 15, false",
        "'10:20:10,15', 14, true",
        "'10:20:10,15', 19, true",
        "'10:20:10,15', 20, false",
        "1:1:, 1, false"
    })
    void aSnapshotCoversWhatHadCommittedBeforeIt(String text, long txid, boolean covered) {
        assertThat(Position.parse(text).covers(txid)).isEqualTo(covered);
    }

    @Test
    void theBeginningCoversNothing() {
        assertThat(Position.NOTHING.covers(1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2", "1:2:3:4", "a:b:"})
    void anythingElseIsNotASnapshot(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
