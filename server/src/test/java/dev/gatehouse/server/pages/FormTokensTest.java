package dev.gatehouse.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.testkit.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The value of a form counts for its form, its browser and its login, for a while.
class FormTokensTest {
    private final TestClock clock = new TestClock();
    private final FormTokens tokens = new FormTokens(HmacSha256.under(new byte[32]), clock);

    @Test
    void itCountsWhereItIsFrom() {
        String token = tokens.make("sign-in", "browser");
        assertThat(tokens.good("sign-in", "browser", token)).isTrue();
        assertThat(tokens.good("consent", "browser", token)).isFalse();
        assertThat(tokens.good("sign-in", "other", token)).isFalse();
        assertThat(tokens.good("sign-in", "browser sess_1", token)).isFalse();
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(new FormTokens(HmacSha256.under(other), clock).good("sign-in", "browser", token))
                .isFalse();
    }

    @Test
    void itCountsForTwoHours() {
        String token = tokens.make("sign-in", "browser");
        clock.advance(FormTokens.LIFE.minusSeconds(1));
        assertThat(tokens.good("sign-in", "browser", token)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.good("sign-in", "browser", token)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "1", "1.", "-1.x", "+1.x", "0.x", "999999999999.x", "9999999999999999999.x", "1.\u00e9"
            })
    void anythingElseCountsNowhere(String token) {
        assertThat(tokens.good("sign-in", "browser", token)).isFalse();
    }

    @Test
    void itsTimeIsPartOfIt() {
        String token = tokens.make("sign-in", "browser");
        clock.advance(FormTokens.LIFE);
        String later = tokens.make("sign-in", "browser");
        String moved = later.substring(0, later.indexOf('.')) + token.substring(token.indexOf('.'));
        assertThat(tokens.good("sign-in", "browser", moved)).isFalse();
    }
}
