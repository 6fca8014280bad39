package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET M07: reading a query takes as many steps as it has characters. With as many as their square, these
/// would not end today.
class LongQueryTest {
    private static final int MANY = 1_000_000;

    private static Got<Query> read(String value) {
        return Query.read(Optional.of("name=" + value), Set.of("name"));
    }

    @Test
    void percentSignsAreReadOneAfterTheOther() {
        assertThat(read("%41".repeat(MANY))
                        .map(query -> query.parameter("name").orElseThrow().length()))
                .isEqualTo(Got.of(MANY));
        assertThat(read("%41".repeat(MANY) + "%4")).isInstanceOf(Got.No.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%4g", "%g4", "%%41", "a%", "% 41", "%+1", "%٤١", "%e4", "%c0%af", "%ed%a0%80"})
    void whatIsNotPercentEncodedUtf8IsRefused(String value) {
        assertThat(read(value)).isInstanceOf(Got.No.class);
    }
}
