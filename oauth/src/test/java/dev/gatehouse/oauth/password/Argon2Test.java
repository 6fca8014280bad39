package dev.gatehouse.oauth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.password.Argon2.Cost;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2Test {
    private final Argon2 cheap = new Argon2(new Cost(64, 1, 1), new Random(1));

    /// The vector of the reference implementation's own tests.
    @Test
    void stretchesAsEverybodyElseDoes() {
        Secret out = cheap.stretch(Secret.of("password"), "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ");
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(out.reveal())))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    @Test
    void everyPasswordHasASaltOfItsOwnAndEveryByteCounts() {
        String how = cheap.fresh();
        assertThat(cheap.fresh()).isNotEqualTo(how);
        String one = cheap.stretch(Secret.of("pass\0word "), how).reveal();
        for (String other : new String[] {"pass\0word", "pass", "Pass\0word ", "pass\0word  "}) {
            assertThat(cheap.stretch(Secret.of(other), how).reveal()).isNotEqualTo(one);
        }
        assertThat(cheap.stretch(Secret.of("pass\0word "), how).reveal()).isEqualTo(one);
    }

    @Test
    void whatWasCheaperThanTodayIsOutdated() {
        Argon2 today = new Argon2(new Cost(128, 2, 1), new Random(1));
        assertThat(today.outdated(cheap.fresh())).isTrue();
        assertThat(today.outdated(today.fresh())).isFalse();
        assertThat(cheap.outdated(today.fresh())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=64,t=99,p=1$c29tZXNhbHQ",
                "$argon2id$v=19$m=8,t=1,p=8$c29tZXNhbHQ",
                "$argon2id$v=19$m=64,t=1,p=1$c2FsdA",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$aGFzaA"
            })
    void noRowMakesANodeDoAnythingElse(String how) {
        assertThatThrownBy(() -> cheap.stretch(Secret.of("x"), how)).isInstanceOf(IllegalArgumentException.class);
        assertThat(cheap.outdated(how)).isTrue();
    }
}
