package dev.gatehouse.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cookies of ours stay with us.
class OwnCookiesTest {
    @ParameterizedTest
    @CsvSource({
        "a=1; b=2, a=1; b=2",
        "a=1; gatehouse-session=x; b=2, a=1; b=2",
        "__Host-gatehouse-session=x;a=1, a=1",
        "gatehouse-browser=x, ''",
        "__Host-gatehouse-session=x; gatehouse-browser=y, ''",
        "not-gatehouse-session=1, not-gatehouse-session=1"
    })
    void noUpstreamSeesThem(String sent, String kept) {
        assertThat(OwnCookies.foreign(sent).orElse("")).isEqualTo(kept);
    }

    @Test
    void overTlsTheyAreTheHostsOwn() {
        assertThat(OwnCookies.SESSION.set("x", true))
                .isEqualTo("__Host-gatehouse-session=x; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(OwnCookies.SESSION.cleared(false))
                .isEqualTo("gatehouse-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
