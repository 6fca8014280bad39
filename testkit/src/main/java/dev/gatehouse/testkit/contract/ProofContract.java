package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.ProofStore;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Proofs of keys, each of which counts once, and what is bound to keys (RFC 9449, GAUNTLET F01, F06).
public abstract class ProofContract extends GrantFixture {
    private static final int ROUNDS = 25;
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(90);

    private ProofStore proofs() {
        return store().proofs();
    }

    @Test
    void aProofCountsOnceUntilItIsOver() {
        Bytes one = AssertionContract.jti(1);
        assertThat(proofs().use(one, UNTIL, Nouns.NOW)).isTrue();
        assertThat(proofs().use(one, UNTIL, Nouns.NOW)).isFalse();
        assertThat(proofs().use(AssertionContract.jti(2), UNTIL, Nouns.NOW)).isTrue();
        assertThat(proofs().use(one, UNTIL.plusSeconds(90), UNTIL.minusSeconds(1)))
                .isFalse();
        assertThat(proofs().use(one, UNTIL.plusSeconds(90), UNTIL)).as("over").isTrue();
        assertThat(proofs().use(one, UNTIL.plusSeconds(90), UNTIL)).isFalse();
    }

    @Test
    void ofManyUsesAtOnceOneIsFirst() {
        for (int round = 0; round < ROUNDS; round++) {
            Bytes proof = AssertionContract.jti(round);
            assertThat(Race.race(Race.callers(_ -> () -> proofs().use(proof, UNTIL, Nouns.NOW))))
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void aCodeOfAnotherKeyIsBurnt() {
        for (Optional<Confirmation> shown : List.of(
                Optional.<Confirmation>empty(),
                Optional.of(Confirmation.key("w".repeat(43))),
                Optional.of(Confirmation.certificate("k".repeat(43))))) {
            Somebody alice = somebody("alice " + shown.map(Confirmation::means));
            Grant grant = grant(alice, application("app " + shown.map(Confirmation::means)), Scopes.of("orders:read"));
            Digest code = opened(grant);
            Grant.Binding other = new Grant.Binding(BOUND.redirect(), BOUND.challenge(), shown);
            GrantStore.Redemption redemption =
                    new GrantStore.Redemption(grant.claims().api(), grant.application(), other, true, UNTIL, UNTIL);
            assertThat(done(grants().redeem(List.of(code), redemption, act)))
                    .isEqualTo(new GrantStore.Redeemed.Wrong(grant.id()));
        }
    }

    @Test
    void whatARefreshTokenIsBoundToIsSaidWhenTheCodeIsRedeemed() {
        for (Optional<Confirmation> bound : List.of(
                Optional.<Confirmation>empty(),
                Optional.of(Confirmation.key("s".repeat(43))),
                Optional.of(Confirmation.certificate("s".repeat(43))))) {
            Somebody alice = somebody("alice " + bound.map(Confirmation::means));
            Grant grant = grant(alice, application("app " + bound.map(Confirmation::means)), Scopes.of("orders:read"));
            Digest code = opened(grant);
            GrantStore.Redemption redemption = new GrantStore.Redemption(
                    grant.claims().api(), grant.application(), BOUND, true, UNTIL, UNTIL, bound);
            assertThat(done(grants().redeem(List.of(code), redemption, act)))
                    .isInstanceOf(GrantStore.Redeemed.First.class);
            Grant kept =
                    grants().refreshable(grant.id(), Nouns.NOW).orElseThrow().grant();
            assertThat(kept.binding().key()).isEqualTo(bound);
            assertThat(kept.claims()).isEqualTo(grant.claims());
        }
    }
}
