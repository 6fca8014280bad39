package dev.gatehouse.core.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HexKeysTest {
    private static final String DIGITS = "0123456789abcdef";

    private final Random random = new Random(7);
    private final CheckKeys keys = CheckKeys.of(List.of(entry('b', 2), entry('a', 1)));

    private static CheckKeys.Entry entry(char version, int fill) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) fill;
        return CheckKeys.Entry.of(version, bytes);
    }

    @Test
    void aDrawnKeyReadsBackAndLooksAsItShould() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Id id = Id.random(Kind.CREDENTIAL, random);
            KeyString drawn = KeyString.drawHex(id, keys, random);
            assertThat(drawn.text().reveal())
                    .matches("[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(KeyString.parse(drawn.text(), keys)).hasValueSatisfying(read -> {
                assertThat(read.credential()).isEqualTo(id);
                assertThat(read.kind()).isEqualTo(CredentialKind.API_KEY);
            });
            assertThat(drawn.hint()).hasSize(5).startsWith("…");
            all.add(drawn.text().reveal().substring(16));
        }
        assertThat(all).hasSize(1000);
    }

    @Test
    void everySingleDigitChangeIsTurnedAwayByTheCheck() {
        String key = KeyString.drawHex(Id.random(Kind.CREDENTIAL, random), keys, random)
                .text()
                .reveal();
        for (int at = 0; at < key.length(); at++) {
            for (int i = 0; i < DIGITS.length(); i++) {
                String other = key.substring(0, at) + DIGITS.charAt(i) + key.substring(at + 1);
                if (!other.equals(key)) {
                    assertThat(KeyString.parse(Secret.of(other), keys))
                            .as(other)
                            .isEmpty();
                }
            }
        }
        assertThat(KeyString.parse(Secret.of(key.toUpperCase(Locale.ROOT)), keys))
                .isEmpty();
    }

    @Test
    void aKeyOutlivesTheCheckKeyThatItWasDrawnUnder() {
        CheckKeys old = CheckKeys.of(List.of(entry('a', 1)));
        KeyString drawn = KeyString.drawHex(Id.random(Kind.CREDENTIAL, random), old, random);
        assertThat(KeyString.parse(drawn.text(), keys)).isPresent();
        assertThat(KeyString.parse(drawn.text(), CheckKeys.of(List.of(entry('b', 2)))))
                .isEmpty();
    }

    /// Others draw secrets that look like this; those that were given to clients are found by their digest.
    @Test
    void itIsNotTakenForTheMarkedForm() {
        assertThat(KeyString.formed(KeyString.drawHex(Id.random(Kind.CREDENTIAL, random), keys, random)
                        .text()))
                .isFalse();
    }
}
