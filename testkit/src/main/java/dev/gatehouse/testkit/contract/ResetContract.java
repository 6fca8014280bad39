package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.ResetStore.Asked;
import dev.gatehouse.core.store.ResetStore.Due;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who asked for a new password: whatever the name, taken by one node, remembered for a while.
public abstract class ResetContract extends StoreContract {
    private static final Instant NOW = Nouns.NOW;

    private Id api;

    @BeforeEach
    final void anApi() {
        api = done(store().apis().add(nouns.api(root(), "orders"), act)).id();
        for (String username : List.of("alice", "bob")) {
            done(store().users().add(nouns.user(root(), username), act));
        }
    }

    private ResetStore resets() {
        return store().resets();
    }

    private Asked asked(String username, Instant at) {
        return new Asked(username, api, "en", at);
    }

    private List<Due> due(Instant now) {
        return resets().take(100, now);
    }

    @Test
    void whatIsAskedIsTakenOnceAndNamesThatNobodyHasAreForgotten() {
        assertThat(resets().ask(asked("nobody", NOW))).isTrue();
        assertThat(resets().ask(asked("alice", NOW))).isTrue();
        assertThat(due(NOW)).containsExactly(new Due(asked("alice", NOW), 1, 0));
        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plus(ResetStore.LEASE))).containsExactly(new Due(asked("alice", NOW), 2, 0));
    }

    @Test
    void whatIsAskedAtNoApiIsNothing() {
        Asked elsewhere = new Asked("alice", nouns.id(Kind.API), "en", NOW);
        assertThat(resets().ask(elsewhere)).isTrue();
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    void ofManyWhoAskForOneNameAtOnceNoMoreThanAFewAreTaken() {
        race(callers(i -> () -> resets().ask(asked("alice", NOW.plusNanos(1000L * i)))));
        assertThat(due(NOW.plusSeconds(1))).hasSizeBetween(1, ResetStore.MOST_OF_NAME);
    }

    @Test
    void aNameIsAskedForAFewTimesInAnHour() {
        for (int i = 0; i < 10; i++) {
            assertThat(resets().ask(asked("alice", NOW.plusSeconds(i)))).isTrue();
        }
        assertThat(resets().ask(asked("bob", NOW))).isTrue();
        assertThat(due(NOW.plusSeconds(60)))
                .extracting(due -> due.asked().username())
                .containsExactlyInAnyOrder("alice", "alice", "alice", "bob");
    }

    /// The trail says of the user that a letter went, and not where to; whoever comes later says nothing.
    @Test
    void whatWasSentIsInTheTrail() {
        assertThat(resets().ask(asked("alice", NOW))).isTrue();
        Due first = due(NOW).getFirst();
        Due second = due(NOW.plus(ResetStore.LEASE)).getFirst();
        int before = trail().size();
        assertThat(resets().sent(first, act)).isInstanceOf(Stored.Missing.class);
        assertThat(done(resets().sent(second, act))).isEqualTo(second);
        audited(
                before,
                "user.letter",
                store().users().userByName("alice").orElseThrow().id());
        assertThat(due(NOW.plus(ResetStore.LEASE).plus(ResetStore.LEASE))).isEmpty();
    }

    @Test
    void whatIsDoneCountsForAnHourAndIsGoneThen() {
        for (int i = 0; i < ResetStore.MOST_OF_NAME; i++) {
            assertThat(resets().ask(asked("alice", NOW.plusSeconds(i)))).isTrue();
        }
        due(NOW.plusSeconds(60)).forEach(resets()::done);
        Instant later = NOW.plus(ResetStore.KEPT).minusSeconds(1);
        assertThat(resets().ask(asked("alice", later))).isTrue();
        assertThat(due(later)).isEmpty();
        Instant over = NOW.plus(ResetStore.KEPT);
        assertThat(resets().ask(asked("alice", over))).isTrue();
        assertThat(due(over)).containsExactly(new Due(asked("alice", over), 1, 0));
    }

    @Test
    void whatIsForgottenCountsNoMore() {
        for (int i = 0; i < ResetStore.MOST_OF_NAME; i++) {
            assertThat(resets().ask(asked("alice", NOW.plusSeconds(i)))).isTrue();
        }
        Instant later = NOW.plusSeconds(60);
        List<Due> taken = due(later);
        taken.forEach(resets()::forget);
        assertThat(due(later.plus(ResetStore.LEASE))).isEmpty();
        assertThat(resets().ask(asked("alice", later))).isTrue();
        taken.forEach(resets()::forget);
        assertThat(due(later)).as("what came since stays").hasSize(1);
    }

    @Test
    void whatCouldNotBeSentIsDueAgain() {
        assertThat(resets().ask(asked("alice", NOW))).isTrue();
        Due first = due(NOW).getFirst();
        resets().again(first.tried(), NOW.plusSeconds(10));
        assertThat(due(NOW.plusSeconds(9))).isEmpty();
        assertThat(due(NOW.plusSeconds(10))).containsExactly(new Due(asked("alice", NOW), 2, 1));
    }

    @Test
    void whoComesLateChangesNothing() {
        assertThat(resets().ask(asked("alice", NOW))).isTrue();
        Due late = due(NOW).getFirst();
        Instant over = NOW.plus(ResetStore.LEASE);
        Due now = due(over).getFirst();
        resets().done(late);
        resets().again(late.tried(), NOW);
        assertThat(due(over)).isEmpty();
        resets().done(now);
        assertThat(due(over.plus(ResetStore.LEASE))).isEmpty();
    }

    @Test
    void ofManyWhoTakeAtOnceOneHasEach() {
        for (int i = 0; i < 20; i++) {
            done(store().users().add(nouns.user(root(), "user" + i), act));
            assertThat(resets().ask(asked("user" + i, NOW))).isTrue();
        }
        List<Due> taken = new ArrayList<>();
        race(callers(_ -> () -> resets().take(5, NOW))).forEach(taken::addAll);
        assertThat(taken).extracting(due -> due.asked().username()).doesNotHaveDuplicates();
    }
}
