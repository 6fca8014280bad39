package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.StoreContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every outbox keeps to, whatever is told by it: taken by one, told until it is known or given up, and
/// nothing is changed by whoever comes late.
///
/// @param <N> one thing to tell
interface OutboxContract<N> {
    /// How often many race.
    int ROUNDS = 10;

    /// The outbox under test, empty.
    OutboxStore<N> outbox();

    /// The contract of the store that it belongs to.
    StoreContract contract();

    /// Makes something happen at [Nouns#NOW] that is to be told, about whatever has this name.
    N happens(String name);

    /// Checks what the trail says of what has just been given up for the reason `5xx`, after `tries` tries.
    ///
    /// @param before how many rows it had before
    void givenUp(int before, N notice, int tries);

    /// All that are due, in as many rounds as it takes.
    static <N> List<Taken<N>> drained(OutboxStore<N> outbox, Instant now) {
        List<Taken<N>> all = new ArrayList<>();
        List<Taken<N>> some = outbox.take(100, now);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = outbox.take(100, now);
        }
        return all;
    }

    private List<Taken<N>> due(Instant now) {
        return outbox().take(100, now);
    }

    private Instant over() {
        return Nouns.NOW.plus(outbox().lease());
    }

    private void nothingIsLeft() {
        assertThat(due(Nouns.NOW.plus(Duration.ofDays(30)))).isEmpty();
    }

    @Test
    default void whatHappensIsDueAgainUntilItIsDelivered() {
        N notice = happens("a");
        assertThat(due(Nouns.NOW.minusSeconds(1))).isEmpty();
        assertThat(due(Nouns.NOW)).containsExactly(new Taken<>(notice, 1, 0, Nouns.NOW));
        assertThat(due(Nouns.NOW)).as("leased").isEmpty();
        assertThat(due(over().minusSeconds(1))).as("still leased").isEmpty();
        Taken<N> second = new Taken<>(notice, 2, 0, Nouns.NOW);
        assertThat(due(over())).as("whoever took it went down").containsExactly(second);
        outbox().delivered(second, contract().act);
        nothingIsLeft();
    }

    @Test
    default void whatFailedIsTriedAgainWhenItIsSaid() {
        N notice = happens("a");
        Instant later = Nouns.NOW.plusSeconds(10);
        outbox().again(due(Nouns.NOW).getFirst().tried(), later);
        assertThat(due(later.minusSeconds(1))).isEmpty();
        Taken<N> second = due(later).getFirst();
        assertThat(second).isEqualTo(new Taken<>(notice, 2, 1, Nouns.NOW));
        outbox().again(second, later);
        assertThat(due(later)).as("it was not its turn").containsExactly(new Taken<>(notice, 3, 1, Nouns.NOW));
    }

    /// Nothing that is said late makes it due, or keeps it from being tried, or is in the trail.
    @Test
    default void whatIsSaidOfAnEarlierAttemptChangesNothing() {
        N notice = happens("a");
        Taken<N> first = due(Nouns.NOW).getFirst();
        Taken<N> second = due(over()).getFirst();
        int before = contract().trail().size();
        outbox().delivered(first, contract().act);
        outbox().again(first.tried(), Nouns.NOW);
        assertThat(outbox().giveUp(first, "5xx", contract().act)).isInstanceOf(Stored.Missing.class);
        assertThat(contract().trail()).hasSize(before);
        assertThat(due(over())).as("still leased").isEmpty();
        Instant later = over().plus(outbox().lease());
        assertThat(due(later)).as("still there").containsExactly(new Taken<>(notice, 3, 0, Nouns.NOW));
        outbox().delivered(second, contract().act);
        assertThat(due(later.plus(outbox().lease()))).hasSize(1);
    }

    @Test
    default void whatIsGivenUpIsGoneOnce() {
        N notice = happens("a");
        Taken<N> taken = due(Nouns.NOW).getFirst().tried();
        int before = contract().trail().size();
        assertThat(done(outbox().giveUp(taken, "5xx", contract().act))).isEqualTo(taken);
        givenUp(before, notice, 1);
        int rows = contract().trail().size();
        assertThat(outbox().giveUp(taken, "5xx", contract().act)).isInstanceOf(Stored.Missing.class);
        nothingIsLeft();
        outbox().again(taken, Nouns.NOW);
        outbox().delivered(taken, contract().act);
        nothingIsLeft();
        assertThat(contract().trail()).hasSize(rows);
    }

    /// GAUNTLET R2: of many nodes one tells.
    @Test
    default void ofManyThatTakeAtOnceOneHasEach() {
        for (int round = 0; round < ROUNDS; round++) {
            List<N> happened = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                happened.add(happens("round " + round + " of " + i));
            }
            List<Taken<N>> all = new ArrayList<>();
            for (List<Taken<N>> some : Race.race(Race.callers(_ -> () -> outbox().take(2, Nouns.NOW)))) {
                assertThat(some).hasSizeLessThanOrEqualTo(2);
                all.addAll(some);
            }
            all.addAll(drained(outbox(), Nouns.NOW));
            assertThat(all).extracting(Taken::notice).containsExactlyInAnyOrderElementsOf(happened);
            all.forEach(one -> outbox().delivered(one, contract().act));
        }
    }
}
