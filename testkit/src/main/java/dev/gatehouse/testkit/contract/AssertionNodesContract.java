package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Store;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Uses of the same assertions, and of the same proofs of keys, at two nodes of one database at the same moments
/// (GAUNTLET C06, F01).
public abstract class AssertionNodesContract extends StoreContract {
    private static final int ROUNDS = 25;
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(300);

    /// Another node of the database that was opened.
    protected abstract Store another();

    @Test
    void anAssertionHasOneWinner() {
        Id application = nouns.id(Kind.APPLICATION);
        try (Store second = another()) {
            for (int round = 0; round < ROUNDS; round++) {
                Bytes jti = AssertionContract.jti(round);
                assertThat(Race.race(Race.callers(caller -> () -> (caller % 2 == 0 ? store() : second)
                                .assertions()
                                .use(application, jti, UNTIL, Nouns.NOW))))
                        .containsOnlyOnce(true);
            }
        }
    }

    @Test
    void aProofHasOneWinner() {
        try (Store second = another()) {
            for (int round = 0; round < ROUNDS; round++) {
                Bytes proof = AssertionContract.jti(round);
                assertThat(Race.race(Race.callers(caller -> () ->
                                (caller % 2 == 0 ? store() : second).proofs().use(proof, UNTIL, Nouns.NOW))))
                        .containsOnlyOnce(true);
            }
        }
    }
}
