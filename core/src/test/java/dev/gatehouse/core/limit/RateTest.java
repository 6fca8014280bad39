package dev.gatehouse.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @ParameterizedTest
    @CsvSource({
        "0,1,1",
        "1,0,1",
        "1,1,0",
        "-1,1,1",
        "1000001,1,1",
        "1,86401,1",
        "1,1,1000001",
        "1,86400,31",
        "9223372036854775807,1,1"
    })
    void aRateHasBounds(long requests, long seconds, long burst) {
        assertThat(Rate.possible(requests, seconds, burst)).isFalse();
        assertThatThrownBy(() -> new Rate(requests, seconds, burst)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Rate.parse(requests + "/" + seconds + " " + burst)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1000000,1,1000000", "1,86400,30", "40,1,80"})
    void whatIsWrittenIsRead(long requests, long seconds, long burst) {
        Rate rate = new Rate(requests, seconds, burst);
        assertThat(Rate.parse(rate.text())).contains(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1/1", "1/1 ", " 1/1 1", "1/1 1 ", "a/1 1", "1/1 1\n", "٣/1 1", "99999999/1 1"})
    void nothingElseIsRead(String text) {
        assertThat(Rate.parse(text)).isEmpty();
    }

    @Test
    void whoKeepsToARateKeepsToThoseThatLetMore() {
        Rate rate = new Rate(10, 1, 20);
        assertThat(rate.within(rate)).isTrue();
        assertThat(new Rate(600, 60, 20).within(rate))
                .as("the same in other units")
                .isTrue();
        assertThat(new Rate(9, 1, 20).within(rate)).isTrue();
        assertThat(new Rate(10, 1, 19).within(rate)).isTrue();
        assertThat(new Rate(11, 1, 20).within(rate)).isFalse();
        assertThat(new Rate(10, 1, 21).within(rate)).isFalse();
        assertThat(new Rate(1, 60, 21).within(rate)).isFalse();
    }
}
