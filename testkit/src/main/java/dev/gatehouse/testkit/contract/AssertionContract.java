package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.AssertionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Public keys of applications, and the assertions that were signed under them: each counts once (GAUNTLET C06).
public abstract class AssertionContract extends StoreContract {
    private static final int ROUNDS = 25;
    private static final Instant UNTIL = Nouns.NOW.plus(Duration.ofMinutes(5));

    private AssertionStore assertions() {
        return store().assertions();
    }

    /// What assertions are known by.
    static Bytes jti(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[31] = (byte) (number >> 8);
        return Bytes.of(bytes);
    }

    private Application application() {
        return done(store().members().add(nouns.application(root(), "shop"), act));
    }

    @Test
    void publicKeysAreKeptAsTheyAreAndProveTheirApplicationByName() {
        Application application = application();
        Credential secret = done(store().members().add(nouns.credential(application, CredentialKind.SECRET), act));
        Credential keys = nouns.credential(application, CredentialKind.PUBLIC_KEY);
        int before = trail().size();
        assertThat(done(store().members().add(keys, act))).isEqualTo(keys);
        audited(before, "credential.add", keys.id());
        assertThat(trail().getFirst().detail()).contains("public_key");
        assertThat(store().members().credential(keys.id())).contains(keys);
        assertThat(facts(keys.id()).credential()).isEqualTo(keys.lean());
        assertThat(facts(keys.id()).credential().evidence()).isEqualTo(Nouns.JWKS);
        assertThat(((Look.Known<List<Id>>) store().facts().loadCredentialsOf("shop")).value())
                .containsExactlyInAnyOrder(secret.id(), keys.id());
        done(store().members().revoke(keys.id(), act));
        assertThat(store().facts().loadCredentialsOf("shop")).isEqualTo(new Look.Known<>(List.of(secret.id())));
    }

    @Test
    void anAssertionIsUsedOnce() {
        Id one = nouns.id(Kind.APPLICATION);
        Id other = nouns.id(Kind.APPLICATION);
        assertThat(assertions().use(one, jti(1), UNTIL, Nouns.NOW)).isTrue();
        assertThat(assertions().use(one, jti(1), UNTIL, Nouns.NOW)).isFalse();
        assertThat(assertions().use(one, jti(1), UNTIL.plusSeconds(60), UNTIL.minusSeconds(1)))
                .isFalse();
        assertThat(assertions().use(other, jti(1), UNTIL, Nouns.NOW))
                .as("another's of the same name")
                .isTrue();
        assertThat(assertions().use(one, jti(2), UNTIL, Nouns.NOW)).isTrue();
    }

    @Test
    void oneThatIsOverIsInNobodysWay() {
        Id one = nouns.id(Kind.APPLICATION);
        assertThat(assertions().use(one, jti(1), UNTIL, Nouns.NOW)).isTrue();
        assertThat(assertions().use(one, jti(1), UNTIL.plusSeconds(60), UNTIL)).isTrue();
        assertThat(assertions().use(one, jti(1), UNTIL.plusSeconds(60), UNTIL)).isFalse();
    }

    @Test
    void ofManyUsesAtOnceOneIsFirst() {
        Id one = nouns.id(Kind.APPLICATION);
        for (int round = 0; round < ROUNDS; round++) {
            Bytes jti = jti(round);
            assertThat(Race.race(Race.callers(_ -> () -> assertions().use(one, jti, UNTIL, Nouns.NOW))))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyThatFindOneThatIsOverOneIsFirst() {
        Id one = nouns.id(Kind.APPLICATION);
        for (int round = 0; round < ROUNDS; round++) {
            Bytes jti = jti(round);
            assertThat(assertions().use(one, jti, UNTIL, Nouns.NOW)).isTrue();
            assertThat(Race.race(Race.callers(_ -> () -> assertions().use(one, jti, UNTIL.plusSeconds(60), UNTIL))))
                    .containsOnlyOnce(true);
        }
    }
}
