package dev.gatehouse.connect.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials go to the platform's hosts alone (GAUNTLET J08).
class PlatformTest {
    private static final Platform PLATFORM = new Platform(
            "Acme",
            "Acme",
            "https://docs.acme.example/",
            List.of(new HostPattern("api.acme.example"), new HostPattern("*.apps.acme.example")),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.acme.example",
                "https://api.acme.example/",
                "https://api.acme.example:8443/x?y=z",
                "https://shop.apps.acme.example/v1"
            })
    void ownAddresses(String url) {
        assertThat(PLATFORM.owns(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://api.acme.example/",
                "//api.acme.example/",
                "https://acme.example/",
                "https://apps.acme.example/",
                "https://a.b.apps.acme.example/",
                "https://.apps.acme.example/",
                "https://api.acme.example.evil.test/",
                "https://api.acme.example@evil.test/",
                "https://evil.test/?https://api.acme.example/",
                "https://evil.test#.apps.acme.example",
                "https://evil.test\\.apps.acme.example/",
                "https://API.acme.example/",
                "https://api.acme.example /",
                "https://api.acme.example/\r\nHost: evil.test"
            })
    void foreignAddresses(String url) {
        assertThat(PLATFORM.owns(url)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'Bearer {token}', Bearer abc", "'{token}{other_1}', abcxyz", "plain, plain", "'', ''"})
    void templatesAreFilled(String text, String filled) {
        assertThat(Template.parse(text).orElseThrow().fill(Map.of("token", "abc", "other_1", "xyz")))
                .contains(filled);
    }

    @Test
    void whatIsPutInIsNotLookedThroughForPlaces() {
        assertThat(Template.parse("{a}-{b}").orElseThrow().fill(Map.of("a", "{b}", "b", "{a}")))
                .contains("{b}-{a}");
    }

    @Test
    void templateWithoutItsValueIsNotFilled() {
        assertThat(Template.parse("{a}{b}").orElseThrow().fill(Map.of("a", "x")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{}", "{A}", "{a b}", "{{a}}", "{a", "a}", "{1a}"})
    void bracesAreForPlaces(String text) {
        assertThat(Template.parse(text)).isEmpty();
    }
}
