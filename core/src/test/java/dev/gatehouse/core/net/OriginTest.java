package dev.gatehouse.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
    private static OriginPattern pattern(String text) {
        return OriginPattern.parse(text).orElseThrow();
    }

    private static boolean admits(String pattern, String origin) {
        return Origin.parse(origin)
                .filter(page -> pattern(pattern).admits(page)
                        && OriginSet.of(List.of(pattern(pattern))).admits(page))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com:8443",
                "http://localhost",
                "http://localhost:3000",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "https://xn--bcher-kva.example",
                "https://a_b.example"
            })
    void anOriginIsReadAndWrittenAsBrowsersWriteIt(String text) {
        assertThat(Origin.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "https://",
                "example.com",
                "//example.com",
                "ftp://example.com",
                "HTTPS://example.com",
                "https://Example.com",
                "https://example.com.",
                "https://.example.com",
                "https://a..example.com",
                "https://example.com/",
                "https://example.com?",
                "https://example.com#",
                "https://example.com/path",
                "https://user@example.com",
                "https://example.com:443",
                "http://example.com:80",
                "https://example.com:",
                "https://example.com:0",
                "https://example.com:08443",
                "https://example.com:65536",
                "https://example.com:8443:1",
                "https://example.com%60.evil.test",
                "https://example.com, https://evil.test",
                "https://example.com https://evil.test",
                "https://example.com ",
                " https://example.com",
                "https://*.example.com",
                "https://[::2]",
                "https://[0:0:0:0:0:0:0:1]",
                "https://127.1",
                "https://0x7f.1",
                "https://1.2.3.256",
                "https://bücher.example",
                "https://example\u3002com",
                "https://exa\u00admple.com",
                "https://ex\u0430mple.com",
                "https://-a.example",
                "https://a-.example"
            })
    void everyOtherSpellingIsNone(String text) {
        assertThat(Origin.parse(text)).isEmpty();
    }

    /// GAUNTLET I01.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil-example.com",
                "https://example.com.evil.test",
                "https://example.comevil.test",
                "https://barexample.com",
                "https://sub.example.com",
                "http://example.com",
                "https://example.com:8443",
                "https://exampleXcom",
                "https://ex.mple.com"
            })
    void anExactPatternIsForItsOwnOriginAlone(String other) {
        assertThat(admits("https://example.com", "https://example.com")).isTrue();
        assertThat(admits("https://example.com", other)).isFalse();
    }

    /// GAUNTLET I04.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://a.b.example.com",
                "https://a.example.com.evil.test",
                "https://aexample.com",
                "http://a.example.com",
                "https://a.example.com:8443"
            })
    void aWildcardIsForOneLabel(String other) {
        assertThat(admits("https://*.example.com", "https://a.example.com")).isTrue();
        assertThat(admits("https://*.example.com", other)).isFalse();
    }

    @Test
    void aWildcardHasAPortOfItsOwn() {
        assertThat(admits("https://*.example.com:8443", "https://a.example.com:8443"))
                .isTrue();
        assertThat(admits("https://*.example.com:8443", "https://a.example.com"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*",
                "https://*.",
                "https://*.com",
                "*.example.com",
                "https://a.*.example.com",
                "https://*a.example.com",
                "https://*.*.example.com",
                "https://example.com|.*",
                "https://example.com/",
                "http://example.com",
                "http://*.example.com",
                "http://10.0.0.1",
                "https://*.1.2.3.4",
                "https://*.localhost",
                "http://localhost.evil.test"
            })
    void whatIsNoPatternIsRefused(String text) {
        assertThat(OriginPattern.parse(text)).isEmpty();
    }

    @Test
    void onlyTheMachineItselfNeedsNoTls() {
        assertThat(OriginPattern.parse("http://localhost:3000")).isPresent();
        assertThat(OriginPattern.parse("http://app.localhost")).isPresent();
        assertThat(OriginPattern.parse("http://127.0.0.1:3000")).isPresent();
        assertThat(OriginPattern.parse("http://[::1]:3000")).isPresent();
    }

    /// GAUNTLET I05: what is kept and shown is the A-label.
    @Test
    void unicodeIsKeptAsALabels() {
        assertThat(pattern("https://bücher.example").text()).isEqualTo("https://xn--bcher-kva.example");
        assertThat(pattern("https://*.bücher.example").text()).isEqualTo("https://*.xn--bcher-kva.example");
        assertThat(admits("https://bücher.example", "https://xn--bcher-kva.example"))
                .isTrue();
    }

    /// What would be folded into another name is refused rather than guessed at.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "é",
                "https://straße.example",
                "https://BÜCHER.example",
                "https://exa\u00admple.example",
                "https://ex\u3002ample.example",
                "https://\uff41.example"
            })
    void unicodeThatDoesNotComeBackIsRefused(String text) {
        assertThat(OriginPattern.parse(text)).isEmpty();
    }

    @Test
    void aPatternCoversWhatItIsFor() {
        assertThat(pattern("https://*.example.com").covers(pattern("https://a.example.com")))
                .isTrue();
        assertThat(pattern("https://*.example.com").covers(pattern("https://*.example.com")))
                .isTrue();
        assertThat(pattern("https://a.example.com").covers(pattern("https://*.example.com")))
                .isFalse();
        assertThat(pattern("https://*.example.com").covers(pattern("https://*.a.example.com")))
                .isFalse();
    }
}
