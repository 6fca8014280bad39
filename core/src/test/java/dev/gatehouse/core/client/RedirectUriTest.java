package dev.gatehouse.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be registered as a redirect URI, and what is the same as what was.
class RedirectUriTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com/cb",
                "https://app.example.com",
                "https://app.example.com:8443/cb?x=1&y=a%20b",
                "https://a-b.example/~user/cb;v=1",
                "http://127.0.0.1/cb",
                "http://127.0.0.1:8080/cb",
                "http://[::1]/cb",
                "com.example.app:/cb",
                "com.example.app:/"
            })
    void canBeRegistered(String uri) {
        RedirectUri registered = RedirectUri.parse(uri).orElseThrow();
        assertThat(registered.text()).isEqualTo(uri);
        assertThat(registered.admits(uri)).isTrue();
    }

    /// GAUNTLET A04, A06.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "https://app.example.com*",
                "https://*.example.com/cb",
                "https://app.example.com/*",
                "https://app.example.com/cb#f",
                "https://user@app.example.com/cb",
                "https://app.example.com@@evil.test/cb",
                "https://app.example.com/cb/../x",
                "https://app.example.com/cb/%2e%2E/x",
                "https://app.example.com/cb/..;/x",
                "https://app.example.com/cb\\x",
                "https://app.example.com/a%2fb",
                "https://app.example.com/%00",
                "https://app.example.com:0/cb",
                "https://app.example.com./cb",
                "https:///cb",
                "https:app.example.com/cb",
                "HTTPS://app.example.com/cb",
                "https://APP.example.com/cb",
                "http://app.example.com/cb",
                "http://localhost/cb",
                "http://127.0.0.2/cb",
                "http://127.0.0.1:99999/cb",
                "JavaScript:alert(1)",
                "javascript:alert(1)",
                "java%0ascript:alert(1)",
                "\u0001javascript:alert(1)",
                "DATA:text/html,x",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "intent://x",
                "myapp:/cb",
                "com.example.app://cb",
                "com.example.app:cb",
                " https://app.example.com/cb",
                "https://app.example.com/cb\n"
            })
    void cannotBeRegistered(String uri) {
        assertThat(RedirectUri.parse(uri)).isEmpty();
    }

    /// RFC 8252 section 8.3.
    @Test
    void aProgramOnADeviceMayListenByName() {
        RedirectUri uri = RedirectUri.ofDevice("http://localhost:3000/cb").orElseThrow();
        assertThat(uri.byName()).isTrue();
        assertThat(uri.claimed()).isFalse();
        assertThat(uri.admits("http://localhost:61234/cb")).isTrue();
        assertThat(uri.admits("http://localhost/cb")).isTrue();
        for (String other : new String[] {
            "http://127.0.0.1:3000/cb",
            "http://localhost:3000/other",
            "http://localhost.evil.test:3000/cb",
            "https://localhost:3000/cb",
            "http://localhost:0/cb"
        }) {
            assertThat(uri.admits(other)).as(other).isFalse();
        }
        assertThat(RedirectUri.ofDevice("http://localhost.evil.test/cb")).isEmpty();
        assertThat(RedirectUri.ofDevice("http://127.0.0.1/cb").orElseThrow().byName())
                .isFalse();
    }

    /// GAUNTLET A05, RFC 8252 section 7.3.
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/cb,      http://127.0.0.1:1/cb,      true",
        "http://127.0.0.1/cb,      http://127.0.0.1:65535/cb,  true",
        "http://127.0.0.1:8080/cb, http://127.0.0.1:9090/cb,   true",
        "http://127.0.0.1/cb,      http://127.0.0.1:65536/cb,  false",
        "http://127.0.0.1/cb,      http://127.0.0.1:0/cb,      false",
        "http://127.0.0.1/cb,      http://127.0.0.1:/cb,       false",
        "http://127.0.0.1/cb,      http://127.0.0.1:80/cb?x=1, false",
        "http://127.0.0.1/cb,      http://[::1]:80/cb,         false",
        "http://[::1]/cb,          http://[::1]:80/cb,         true",
        "https://127.0.0.1/cb,     https://127.0.0.1:9/cb,     false"
    })
    void onlyThePortOfALoopbackAddressIsFree(String registered, String asked, boolean admitted) {
        assertThat(RedirectUri.parse(registered).orElseThrow().admits(asked)).isEqualTo(admitted);
    }

    @Test
    void onlyHttpsIsTheClientsOwn() {
        assertThat(RedirectUri.parse("https://app.example.com/cb").orElseThrow().claimed())
                .isTrue();
        assertThat(RedirectUri.parse("http://127.0.0.1/cb").orElseThrow().claimed())
                .isFalse();
        assertThat(RedirectUri.parse("com.example.app:/cb").orElseThrow().claimed())
                .isFalse();
    }

    /// GAUNTLET M07: a long one costs no more than its length.
    @Test
    void longOnesAreRefusedAtOnce() {
        assertThat(RedirectUri.parse("https://" + "a".repeat(100_000) + "/cb")).isEmpty();
        assertThat(RedirectUri.parse("http://127.0.0.1/cb")
                        .orElseThrow()
                        .admits("http://127.0.0.1/" + "a".repeat(100_000)))
                .isFalse();
    }
}
