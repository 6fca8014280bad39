package dev.gatehouse.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// URLs are read in one way or not at all (GAUNTLET A02, J06, J08).
class TargetTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com/",
                "/path",
                "https:example.com",
                "https:/example.com",
                "https://",
                "https:///x",
                "file:///etc/passwd",
                "jar:https://example.com/x!/",
                "netdoc:/x",
                "gopher://example.com/",
                "ftp://example.com/",
                "httpss://example.com/",
                " https://example.com/",
                "https://example.com/ ",
                "https://exa mple.com/",
                "https://example.com/a b",
                "https://example.com/\r\nHost: b",
                "https://example.com/\t",
                "https://example.com/é",
                "https://exämple.com/",
                "https://①②⑦.0.0.1/",
                "https://user@example.com/",
                "https://user:pw@example.com/",
                "https://example.com@evil.test/",
                "https://example.com@@evil.test/",
                "https://evil.test\\@example.com/",
                "https://example.com\\.evil.test/",
                "https://example.com%00.evil.test/",
                "https://exa%6dple.com/",
                "https://example.com/#fragment",
                "https://example.com#x",
                "https://example.com:/",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:443443/",
                "https://example.com:+443/",
                "https://example.com:4 43/",
                "https://localhost./",
                "https://example.com./",
                "https://.example.com/",
                "https://a..b/",
                "https://-a.com/",
                "https://a-.com/",
                "https://a_b.com/",
                "https://*.com/",
                "https://127.1/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://1.2.3.4.5/",
                "https://256.1.1.1/",
                "https://127.0.0.01/",
                "https://a.b.1/",
                "https://[::1/",
                "https://::1/",
                "https://[::1]x/",
                "https://[fe80::1%25eth0]/",
                "https://[1.2.3.4]/",
                "https://[::ffff:1.2.3.4.5]/",
                "https://[]/"
            })
    void isNoTarget(String url) {
        assertThat(Target.parse(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, example.com, 443, /, example.com",
        "https://example.com/, example.com, 443, /, example.com",
        "HTTPS://EXAMPLE.com/A, example.com, 443, /A, example.com",
        "https://example.com?q=1, example.com, 443, /?q=1, example.com",
        "https://a-b.c1.example.com:8443/x/y?z=%2F, a-b.c1.example.com, 8443, /x/y?z=%2F, a-b.c1.example.com:8443",
        "http://localhost/, localhost, 80, /, localhost",
        "http://localhost:8080/, localhost, 8080, /, localhost:8080",
        "https://127.0.0.1/, 127.0.0.1, 443, /, 127.0.0.1",
        "https://[::1]:8443/, 0:0:0:0:0:0:0:1, 8443, /, [0:0:0:0:0:0:0:1]:8443",
        "https://[::ffff:169.254.169.254]/, 169.254.169.254, 443, /, 169.254.169.254",
        "https://xn--bcher-kva.example/, xn--bcher-kva.example, 443, /, xn--bcher-kva.example"
    })
    void isTakenApart(String url, String host, int port, String resource, String header) {
        assertThat(Target.parse(url)).hasValueSatisfying(target -> {
            assertThat(target.host()).isEqualTo(host);
            assertThat(target.port()).isEqualTo(port);
            assertThat(target.resource()).isEqualTo(resource);
            assertThat(target.hostHeader()).isEqualTo(header);
        });
    }

    @Test
    void labelsAndNamesHaveTheirGreatestLength() {
        assertThat(Target.parse("https://" + "a".repeat(63) + ".com/")).isPresent();
        assertThat(Target.parse("https://" + "a".repeat(64) + ".com/")).isEmpty();
        assertThat(Target.parse("https://" + "a.".repeat(126) + "b/")).isPresent();
        assertThat(Target.parse("https://" + "a.".repeat(126) + "bc/")).isEmpty();
        assertThat(Target.parse("https://a.com/" + "x".repeat(8192))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "crm.internal:8443, true, crm.internal, 8443",
        "https://Crm.Internal:8443, true, crm.internal, 8443",
        "http://localhost:9000, false, localhost, 9000",
        "[::1]:443, true, 0:0:0:0:0:0:0:1, 443",
        "10.1.2.3:443, true, 10.1.2.3, 443"
    })
    void openingsAreRead(String text, boolean tls, String host, int port) {
        assertThat(Opening.parse(text)).hasValueSatisfying(opening -> {
            assertThat(opening.tls()).isEqualTo(tls);
            assertThat(opening.host()).isEqualTo(host);
            assertThat(opening.port()).isEqualTo(port);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "crm.internal", ":443", "crm.internal:0", "*.internal:443", "10.0.0.0/8:443", "a:99999"})
    void nothingElseIsAnOpening(String text) {
        assertThat(Opening.parse(text)).isEmpty();
    }
}
