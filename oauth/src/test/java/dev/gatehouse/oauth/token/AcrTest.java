package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// OpenID Connect Core sections 2 and 3.1.2.1.
class AcrTest {
    @ParameterizedTest
    @CsvSource({
        "1, pwd, true",
        "2, pwd, false",
        "2 1, pwd, true",
        "2, pwd otp mfa, true",
        "1, pwd otp mfa, true",
        "2, hwk pop mfa, true",
        "3, pwd, true",
        "urn:mace:incommon:iap:silver 2, pwd, false",
        "'', pwd, true"
    })
    void oneOfThoseThatAreAskedForIsEnough(String asked, String methods, boolean met) {
        assertThat(Acr.met(asked, List.of(methods.split(" ")))).isEqualTo(met);
    }

    @Test
    void itSaysWhatWasDone() {
        assertThat(Acr.of(List.of())).isEmpty();
        assertThat(Acr.of(List.of("pwd"))).contains("1");
        assertThat(Acr.of(List.of("pwd", "otp", "mfa"))).contains("2");
        assertThat(Acr.of(List.of("swk", "pop", "mfa"))).contains("2");
    }
}
