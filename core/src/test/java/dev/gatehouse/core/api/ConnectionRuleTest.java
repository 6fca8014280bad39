package dev.gatehouse.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which connection a route's calls go through, and what of their path the platform hears.
class ConnectionRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"header X-Connection", "name crm", "name CRM of the north"})
    void whatIsWrittenIsReadBack(String text) {
        assertThat(ConnectionRule.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "header", "header ", "name ", "id x", "header X Y", "header Authorization"})
    void whatIsNoneIsNotRead(String text) {
        assertThat(ConnectionRule.parse(text)).isEmpty();
    }

    /// GAUNTLET J08: a header that means something already names no connection.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "COOKIE",
                "Host",
                "Content-Type",
                "X-Forwarded-For",
                "X-Gatehouse-Scope",
                "Proxy-Authorization",
                "Sec-Fetch-Site",
                "X Y",
                "X_Y",
                "1"
            })
    void headersThatMeanSomethingElse(String name) {
        assertThat(ConnectionRule.header(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/crm/**, /crm/a/b, /a/b",
        "/crm/**, /crm, /",
        "/crm/**, /crm/, /",
        "/crm/{x}/**, /crm/1/a, /a",
        "/**, /a/b, /a/b",
        "/crm/{x}, /crm/1, /crm/1",
        "/crm/**, /crm/a%2Fb/, /a%2Fb/"
    })
    void thePlatformHearsWhatTheStarsStandFor(String pattern, String path, String rest) {
        assertThat(PathPattern.parse(pattern).orElseThrow().rest(path)).isEqualTo(rest);
    }
}
