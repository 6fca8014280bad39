package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Rotated;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Refresh tokens: each use gives the next one, a lost answer is repeated, an old one ends the grant.
public abstract class RefreshContract extends GrantFixture {
    private static final Instant IN_TIME = Nouns.NOW.plus(GrantStore.GRACE).minusMillis(1);

    /// It goes on for as long as usual.
    private void refreshable(Grant grant, long number) {
        assertThat(grants().refreshable(grant.id(), Nouns.NOW))
                .contains(new GrantStore.Refreshable(grant, number, Nouns.NOW.plus(IDLE)));
    }

    @Test
    void eachUseGivesTheNext() {
        Grant grant = live("alice");
        assertThat(rotated(grant, 1, Nouns.NOW)).isEqualTo(new Rotated.Next(2));
        assertThat(rotated(grant, 2, Nouns.NOW)).isEqualTo(new Rotated.Next(3));
        refreshable(grant, 3);
    }

    /// GAUNTLET D03: the answer may have been lost.
    @Test
    void theOneBeforeTheNewestIsAnsweredWithTheNewestForAMoment() {
        Grant grant = live("alice");
        rotated(grant, 1, Nouns.NOW);
        assertThat(rotated(grant, 1, Nouns.NOW)).isEqualTo(new Rotated.Same(2));
        assertThat(rotated(grant, 1, IN_TIME)).isEqualTo(new Rotated.Same(2));
        assertThat(dead(grant)).isFalse();
    }

    /// GAUNTLET D01.
    @Test
    void whatIsUsedAgainLaterEndsTheGrant() {
        Grant grant = live("alice");
        rotated(grant, 1, Nouns.NOW);
        assertThat(rotated(grant, 1, Nouns.NOW.plus(GrantStore.GRACE))).isEqualTo(new Rotated.Reused());
        assertThat(dead(grant)).isTrue();
        assertThat(rotated(grant, 2, Nouns.NOW)).isEqualTo(new Rotated.Over());
        assertThat(grants().refreshable(grant.id(), Nouns.NOW)).isEmpty();
    }

    /// GAUNTLET D03.
    @Test
    void onlyOneGenerationHasThatMoment() {
        Grant grant = live("alice");
        rotated(grant, 1, Nouns.NOW);
        rotated(grant, 2, Nouns.NOW);
        assertThat(rotated(grant, 1, Nouns.NOW)).isEqualTo(new Rotated.Reused());
        assertThat(dead(grant)).isTrue();
    }

    @Test
    void aNumberThatWasNeverGivenOutEndsNothing() {
        Grant grant = live("alice");
        assertThat(rotated(grant, 2, Nouns.NOW)).isEqualTo(new Rotated.Over());
        assertThat(rotated(grant, 1, Nouns.NOW)).isEqualTo(new Rotated.Next(2));
    }

    /// GAUNTLET D09.
    @Test
    void aGrantLivesForSoLongAfterItsLastUseAndNeverBeyondItsEnd() {
        Grant grant = live("alice");
        Instant idle = Nouns.NOW.plus(IDLE);
        assertThat(grants().refreshable(grant.id(), idle)).isEmpty();
        assertThat(rotated(grant, 1, idle)).isEqualTo(new Rotated.Over());
        Instant when = idle.minusMillis(1);
        long number = 1;
        while (when.isBefore(Nouns.NOW.plus(WHOLE))) {
            assertThat(rotated(grant, number, when)).isEqualTo(new Rotated.Next(number + 1));
            number++;
            when = when.plus(IDLE).minusMillis(1);
        }
        Instant end = Nouns.NOW.plus(WHOLE);
        assertThat(grants().refreshable(grant.id(), end.minusMillis(1))).isPresent();
        assertThat(grants().refreshable(grant.id(), end)).isEmpty();
        assertThat(rotated(grant, number, end)).isEqualTo(new Rotated.Over());
        assertThat(rotated(grant, number, end.minusMillis(1))).isEqualTo(new Rotated.Next(number + 1));
    }

    /// RFC 9449 section 5, GAUNTLET D05: from the first key that is proven on, whatever was read before.
    @Test
    void whatIsBoundToNoKeyIsBoundToTheFirst() {
        Optional<Confirmation> key = BOUND.key();
        Optional<Confirmation> other = Optional.of(Confirmation.key("another"));
        Grant grant = live("alice", Optional.empty());
        assertThat(rotated(grant, 1, Nouns.NOW, Optional.empty())).isEqualTo(new Rotated.Next(2));
        refreshable(grant, 2);
        assertThat(rotated(grant, 2, Nouns.NOW, key)).isEqualTo(new Rotated.Next(3));
        refreshable(grant.boundTo(key), 3);
        for (long number : new long[] {1, 2, 3}) {
            for (Optional<Confirmation> wrong : List.of(other, Optional.<Confirmation>empty())) {
                assertThat(rotated(grant, number, Nouns.NOW, wrong)).isEqualTo(new Rotated.NotHolder());
            }
        }
        assertThat(dead(grant)).isFalse();
        assertThat(rotated(grant, 2, Nouns.NOW, key)).isEqualTo(new Rotated.Same(3));
        assertThat(rotated(grant, 3, Nouns.NOW, key)).isEqualTo(new Rotated.Next(4));
    }

    /// Of many keys at once one is the family's.
    @Test
    void ofManyKeysOneIsFirst() {
        Grant grant = live("alice", Optional.empty());
        List<Rotated> results = Race.race(Race.callers(
                caller -> () -> rotated(grant, 1, Nouns.NOW, Optional.of(Confirmation.key(key(caller))))));
        assertThat(results).containsOnlyOnce(new Rotated.Next(2));
        assertThat(results.stream().filter(one -> one.equals(new Rotated.NotHolder())))
                .hasSize(Race.CALLERS - 1);
    }

    private static String key(int caller) {
        return String.format(Locale.ROOT, "%043d", caller);
    }

    /// GAUNTLET D02: never two successors.
    @Test
    void ofManyAtOnceAllAreToldOfTheSameNext() {
        Grant grant = live("alice");
        for (long number = 1; number <= 20; number++) {
            long shown = number;
            List<Rotated> results = Race.race(Race.callers(_ -> () -> rotated(grant, shown, Nouns.NOW)));
            assertThat(results).containsOnlyOnce(new Rotated.Next(shown + 1));
            assertThat(results.stream().filter(one -> one.equals(new Rotated.Same(shown + 1))))
                    .hasSize(Race.CALLERS - 1);
        }
        assertThat(dead(grant)).isFalse();
    }

    /// GAUNTLET D08: whatever the order, nothing is left after the end.
    @Test
    void whatIsRefreshedWhileItEndsIsOver() {
        for (int round = 0; round < 10; round++) {
            Grant grant = live("alice" + round);
            List<Callable<Boolean>> callers = new ArrayList<>(Race.callers(_ -> () -> {
                rotated(grant, 1, Nouns.NOW);
                return true;
            }));
            callers.add(() -> {
                done(grants().end(grant.id(), act));
                return dead(grant);
            });
            assertThat(Race.race(callers)).doesNotContain(false);
            assertThat(dead(grant)).isTrue();
            assertThat(rotated(grant, 1, Nouns.NOW)).isEqualTo(new Rotated.Over());
            assertThat(rotated(grant, 2, Nouns.NOW)).isEqualTo(new Rotated.Over());
            assertThat(grants().refreshable(grant.id(), Nouns.NOW)).isEmpty();
        }
    }
}
