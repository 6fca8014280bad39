package dev.gatehouse.oauth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 6238 appendix B, of whose eight digits apps show the last six, and RFC 4648 section 10.
class TimeCodesTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        Instant now = Instant.ofEpochSecond(second);
        long step = TimeCodes.step(now);
        assertThat(TimeCodes.code(SECRET, step)).isEqualTo(code);
        assertThat(TimeCodes.matching(SECRET, code, 0, now)).hasValue(step);
        assertThat(TimeCodes.matching(SECRET, code, step - 1, now.plusSeconds(30)))
                .hasValue(step);
        assertThat(TimeCodes.matching(SECRET, code, step, now)).isEqualTo(OptionalLong.empty());
        assertThat(TimeCodes.matching(SECRET, code, 0, now.plusSeconds(60))).isEqualTo(OptionalLong.empty());
        assertThat(TimeCodes.matching(SECRET, code, 0, now.minusSeconds(60))).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsThatOfTheStandard(String text, String encoded) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Base32.encode(bytes)).isEqualTo(encoded);
        assertThat(Base32.decode(encoded).orElseThrow()).isEqualTo(bytes);
    }

    @Test
    void whatIsNoBase32IsNone() {
        assertThat(Base32.decode("MY1")).isEmpty();
        assertThat(Base32.decode("my")).isEmpty();
        assertThat(Base32.decode("MY=")).isEmpty();
    }
}
