package dev.gatehouse.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is made under peppers.
class PepperTest {
    private static final Pepper.Entry OLD = entry(1);
    private static final Pepper.Entry NEW = entry(2);
    private static final Secret SECRET = Secret.of("0123456789abcdef");
    private static final String LABEL = "a label that is longer than a hash is";

    private static Pepper.Entry entry(int id) {
        byte[] raw = new byte[32];
        Arrays.fill(raw, (byte) id);
        return Pepper.Entry.of(id, raw);
    }

    @Test
    void aRetiredPepperVerifiesAndIsOutdated() {
        Digest stored = Pepper.of(List.of(OLD)).digest(SECRET);
        Pepper both = Pepper.of(List.of(NEW, OLD));
        assertThat(both.matches(stored, SECRET)).isTrue();
        assertThat(both.matches(stored, Secret.of("0123456789abcdeF"))).isFalse();
        assertThat(both.outdated(stored)).isTrue();
        assertThat(Pepper.of(List.of(NEW)).matches(stored, SECRET)).isFalse();
    }

    @Test
    void noTwoPeppersHaveOneId() {
        assertThatThrownBy(() -> Pepper.of(List.of(NEW, OLD, entry(2)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDigestIsReadBackAsItWasAndIsNoOther() {
        Digest digest = Pepper.of(List.of(NEW)).digest(SECRET);
        assertThat(Digest.of(2, digest.bytes())).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(Digest.of(1, digest.bytes())).isNotEqualTo(digest);
        for (int i = 0; i < Digest.BYTES; i++) {
            byte[] other = digest.bytes();
            other[i] ^= 1;
            assertThat(Digest.of(2, other)).as("byte " + i).isNotEqualTo(digest);
        }
        assertThatThrownBy(() -> Digest.of(2, new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHashOfASecretGivesItsDigest() {
        Pepper pepper = Pepper.of(List.of(NEW));
        assertThat(pepper.digest(SecretHash.of(SECRET))).isEqualTo(pepper.digest(SECRET));
    }

    /// Hashes are given by callers, so no hash may lead to what is derived for another use.
    @Test
    void noHashThatSomebodyGivesLeadsToADerivedKey() {
        Pepper pepper = Pepper.of(List.of(NEW));
        byte[] derived = pepper.derive(LABEL);
        assertThat(derived).hasSize(32).isEqualTo(pepper.derive(LABEL));
        assertThat(pepper.digest(Secret.of(LABEL)).bytes()).isNotEqualTo(derived);
        assertThatThrownBy(() -> pepper.derive("as long as a hash can be, no mor"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
