package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.ResetStore.Asked;
import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who asked for a new password: whatever the name, taken by one node, remembered for a while.
public abstract class ResetContract extends StoreContract implements OutboxContract<Asked> {
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

    @Override
    public final OutboxStore<Asked> outbox() {
        return resets();
    }

    @Override
    public final StoreContract contract() {
        return this;
    }

    @Override
    public final Asked happens(String name) {
        done(store().users().add(nouns.user(root(), name), act));
        assertThat(ask(name, NOW)).isTrue();
        return asked(name);
    }

    /// Names that somebody typed are in no trail.
    @Override
    public final void givenUp(int before, Asked asked, int tries) {
        assertThat(trail()).hasSize(before);
    }

    private Asked asked(String username) {
        return new Asked(username, api, "en");
    }

    private boolean ask(String username, Instant at) {
        return resets().ask(asked(username), at);
    }

    private List<Taken<Asked>> due(Instant now) {
        return resets().take(100, now);
    }

    @Test
    void whatIsAskedIsTakenOnceAndNamesThatNobodyHasAreForgotten() {
        assertThat(ask("nobody", NOW)).isTrue();
        assertThat(ask("alice", NOW)).isTrue();
        assertThat(due(NOW)).containsExactly(new Taken<>(asked("alice"), 1, 0, NOW));
        assertThat(due(NOW)).isEmpty();
        assertThat(due(NOW.plus(resets().lease()))).containsExactly(new Taken<>(asked("alice"), 2, 0, NOW));
    }

    @Test
    void whatIsAskedAtNoApiIsNothing() {
        Asked elsewhere = new Asked("alice", nouns.id(Kind.API), "en");
        assertThat(resets().ask(elsewhere, NOW)).isTrue();
        assertThat(due(NOW)).isEmpty();
    }

    @Test
    void ofManyWhoAskForOneNameAtOnceNoMoreThanAFewAreTaken() {
        race(callers(i -> () -> ask("alice", NOW.plusNanos(1000L * i))));
        assertThat(due(NOW.plusSeconds(1))).hasSizeBetween(1, ResetStore.MOST_OF_NAME);
    }

    @Test
    void aNameIsAskedForAFewTimesInAnHour() {
        for (int i = 0; i < 10; i++) {
            assertThat(ask("alice", NOW.plusSeconds(i))).isTrue();
        }
        assertThat(ask("bob", NOW)).isTrue();
        assertThat(due(NOW.plusSeconds(60)))
                .extracting(due -> due.notice().username())
                .containsExactlyInAnyOrder("alice", "alice", "alice", "bob");
    }

    /// The trail says of the user that a letter went, and not where to; whoever comes later says nothing.
    @Test
    void whatWasSentIsInTheTrail() {
        assertThat(ask("alice", NOW)).isTrue();
        Taken<Asked> first = due(NOW).getFirst();
        Taken<Asked> second = due(NOW.plus(resets().lease())).getFirst();
        int before = trail().size();
        resets().delivered(first, act);
        assertThat(trail()).hasSize(before);
        resets().delivered(second, act);
        audited(
                before,
                "user.letter",
                store().users().userByName("alice").orElseThrow().id());
        assertThat(due(NOW.plus(resets().lease()).plus(resets().lease()))).isEmpty();
    }

    @Test
    void whatIsDoneCountsForAnHourAndIsGoneThen() {
        for (int i = 0; i < ResetStore.MOST_OF_NAME; i++) {
            assertThat(ask("alice", NOW.plusSeconds(i))).isTrue();
        }
        due(NOW.plusSeconds(60)).forEach(taken -> done(resets().giveUp(taken, "5xx", act)));
        Instant later = NOW.plus(ResetStore.KEPT).minusSeconds(1);
        assertThat(ask("alice", later)).isTrue();
        assertThat(due(later)).isEmpty();
        Instant over = NOW.plus(ResetStore.KEPT);
        assertThat(ask("alice", over)).isTrue();
        assertThat(due(over)).containsExactly(new Taken<>(asked("alice"), 1, 0, over));
    }

    @Test
    void whatIsForgottenCountsNoMore() {
        for (int i = 0; i < ResetStore.MOST_OF_NAME; i++) {
            assertThat(ask("alice", NOW.plusSeconds(i))).isTrue();
        }
        Instant later = NOW.plusSeconds(60);
        List<Taken<Asked>> taken = due(later);
        taken.forEach(resets()::forget);
        assertThat(due(later.plus(resets().lease()))).isEmpty();
        assertThat(ask("alice", later)).isTrue();
        taken.forEach(resets()::forget);
        assertThat(due(later)).as("what came since stays").hasSize(1);
    }
}
