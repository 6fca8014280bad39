package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.GrantStore.Refreshable;
import dev.gatehouse.core.store.GrantStore.Rotated;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Refresh tokens that stay what they are, of clients that are nobody without their keys.
public abstract class KeptRefreshContract extends GrantFixture {
    private static final Instant END = Nouns.NOW.plus(WHOLE);

    private boolean kept(Grant grant, long number, Instant when) {
        return done(grants().keep(grant, number, at(when)));
    }

    @Test
    void itCountsAsLongAsItsGrant() {
        Grant grant = live("alice");
        assertThat(kept(grant, 1, Nouns.NOW.plusSeconds(1))).isTrue();
        assertThat(grants().refreshable(grant.id(), END.minusMillis(1))).contains(new Refreshable(grant, 1, END));
        assertThat(grants().refreshable(grant.id(), END)).isEmpty();
        assertThat(kept(grant, 1, END)).isFalse();
    }

    @Test
    void onlyTheNewestIsKept() {
        Grant grant = live("alice");
        rotated(grant, 1, Nouns.NOW);
        assertThat(kept(grant, 1, Nouns.NOW)).isFalse();
        assertThat(kept(grant, 3, Nouns.NOW)).isFalse();
        Instant idle = Nouns.NOW.plus(IDLE);
        assertThat(grants().refreshable(grant.id(), idle)).isEmpty();
        assertThat(kept(grant, 2, idle)).as("what is over stays so").isFalse();
        assertThat(kept(grant, 2, Nouns.NOW)).isTrue();
        assertThat(rotated(grant, 2, idle)).as("it changes again").isEqualTo(new Rotated.Next(3));
    }

    @Test
    void whatEndedIsNotKept() {
        Grant grant = live("alice");
        done(grants().end(grant.id(), act));
        assertThat(kept(grant, 1, Nouns.NOW)).isFalse();
        assertThat(grants().refreshable(grant.id(), Nouns.NOW)).isEmpty();
    }
}
