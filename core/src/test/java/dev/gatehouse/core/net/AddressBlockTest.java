package dev.gatehouse.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::ffff:192.0.2.0/24, 192.0.2.9, true"
    })
    void containsExactlyItsAddresses(String block, String address, boolean expected) {
        assertThat(AddressBlock.parse(block))
                .hasValueSatisfying(parsed -> assertThat(
                                parsed.contains(AddressBlock.numeric(address).orElseThrow()))
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "127.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "2130706433",
                "192.0.2.1/24",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/024",
                "192.0.2.0/",
                "192.0.2.256",
                "2001:db8::1/32",
                "::/129",
                "1.2.3.4.5",
                "①②⑦.0.0.1",
                "fe80::1%eth0"
            })
    void anythingElseIsRefused(String text) {
        assertThat(AddressBlock.parse(text)).isEmpty();
    }
}
