package dev.gatehouse.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestAuthority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 9525: which hosts a certificate is for.
class HostNamesTest {
    private static final HostNames NAMES = HostNames.of(new TestAuthority("ca")
            .issue("api.example.com", "*.Shop.example.com", "127.0.0.1", "2001:db8::1")
            .certificate());

    @ParameterizedTest
    @CsvSource({
        "api.example.com, true",
        "api.example.com:8443, true",
        "a.shop.example.com, true",
        "127.0.0.1, true",
        "127.0.0.1:8443, true",
        "[2001:db8::1], true",
        "[2001:db8:0::1]:443, true",
        "example.com, false",
        "xapi.example.com, false",
        "api.example.com., false",
        "api.example.com.evil.test, false",
        "shop.example.com, false",
        "a.b.shop.example.com, false",
        ".shop.example.com, false",
        "*.shop.example.com, false",
        "127.0.0.2, false",
        "[::1], false",
        "leaf, false",
        "'', false",
    })
    void aHostIsCoveredOrNot(String host, boolean covered) {
        assertThat(NAMES.covers(host)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({"leaf", "localhost"})
    void theSubjectDoesNotCount(String host) {
        assertThat(HostNames.of(new TestAuthority("ca").issue().certificate()).covers(host))
                .isFalse();
    }
}
