package dev.gatehouse.core.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Secret;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStringTest {
    private final Random random = new Random(7);
    private final CheckKeys keys = CheckKeys.of(List.of(CheckKeys.Entry.of('a', bytes(1))));

    @ParameterizedTest
    @EnumSource(
            value = CredentialKind.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PASSWORD", "PUBLIC_KEY", "IDENTITY"})
    void aDrawnKeyReadsBackWithItsIdAndKind(CredentialKind kind) {
        for (int i = 0; i < 1000; i++) {
            Id id = Id.random(Kind.CREDENTIAL, random);
            KeyString drawn = KeyString.draw(kind, "live", id, keys, random);
            assertThat(drawn.text().reveal()).hasSize(61).matches("gh[ksdug]_live_[0-9A-Za-z]{52}");
            assertThat(KeyString.parse(drawn.text(), keys)).hasValueSatisfying(read -> {
                assertThat(read.credential()).isEqualTo(id);
                assertThat(read.kind()).isEqualTo(kind);
                assertThat(read.environment()).isEqualTo("live");
            });
        }
    }

    @Test
    void noTwoCheckKeysHaveOneVersion() {
        var twice = List.of(CheckKeys.Entry.of('a', bytes(1)), CheckKeys.Entry.of('a', bytes(2)));
        assertThatThrownBy(() -> CheckKeys.of(twice)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everySingleCharacterChangeIsTurnedAwayByTheCheck() {
        String key = draw();
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
        for (int at = 0; at < key.length(); at++) {
            for (int d = 0; d < digits.length(); d++) {
                char other = digits.charAt(d);
                if (other != key.charAt(at)) {
                    String changed = key.substring(0, at) + other + key.substring(at + 1);
                    assertThat(KeyString.parse(Secret.of(changed), keys))
                            .as(changed)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "_", "ghk_live_", "ghk_live", "ghk__", "ghx_live_", "ghk_prod_", "GHK_live_", "ghk_live_ü"})
    void otherFormsAreNotKeys(String prefix) {
        assertThat(KeyString.parse(Secret.of(prefix), keys)).isEmpty();
        assertThat(KeyString.parse(Secret.of(prefix + "a".repeat(52)), keys)).isEmpty();
        assertThat(KeyString.parse(Secret.of(draw() + prefix), keys).isPresent())
                .isEqualTo(prefix.isEmpty());
    }

    @Test
    void aKeyOutlivesTheCheckKeyThatMadeItOnlyWhileThatKeyIsListed() {
        Secret old = Secret.of(draw());
        CheckKeys both = CheckKeys.of(List.of(CheckKeys.Entry.of('b', bytes(2)), CheckKeys.Entry.of('a', bytes(1))));
        CheckKeys without = CheckKeys.of(List.of(CheckKeys.Entry.of('b', bytes(2))));
        assertThat(KeyString.parse(old, both)).isPresent();
        assertThat(KeyString.parse(old, without)).isEmpty();
        CheckKeys sameVersionOtherKey = CheckKeys.of(List.of(CheckKeys.Entry.of('a', bytes(3))));
        assertThat(KeyString.parse(old, sameVersionOtherKey)).isEmpty();
    }

    @Test
    void noTwoKeysCollideAndHintsShowTheLastFourCharactersOnly() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(draw())).isTrue();
        }
        KeyString key =
                KeyString.draw(CredentialKind.API_KEY, "test", Id.random(Kind.CREDENTIAL, random), keys, random);
        String text = key.text().reveal();
        assertThat(key.hint()).isEqualTo("ghk_test_…" + text.substring(text.length() - 4));
        assertThat(key.toString()).doesNotContain(text.substring(10));
    }

    private String draw() {
        return KeyString.draw(CredentialKind.API_KEY, "live", Id.random(Kind.CREDENTIAL, random), keys, random)
                .text()
                .reveal();
    }

    private static byte[] bytes(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return bytes;
    }
}
