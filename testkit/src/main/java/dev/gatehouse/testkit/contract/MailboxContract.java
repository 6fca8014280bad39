package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.CALLERS;
import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.ResetStore.Asked;
import dev.gatehouse.core.store.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How many letters a mailbox gets, however many users have it.
public abstract class MailboxContract extends StoreContract {
    private static final Instant NOW = Nouns.NOW;
    private static final Bytes MAILBOX = mailbox(1);

    private Id api;

    @BeforeEach
    final void somebody() {
        api = done(store().apis().add(nouns.api(root(), "orders"), act)).id();
        done(store().users().add(nouns.user(root(), "alice"), act));
    }

    private static Bytes mailbox(int number) {
        return Bytes.of(new byte[] {(byte) number, 2, 3});
    }

    private ResetStore resets() {
        return store().resets();
    }

    /// Somebody who asked at that time.
    private Taken<Asked> due(Instant at) {
        assertThat(resets().ask(new Asked("alice", api, "en"), at)).isTrue();
        return resets().take(100, at).getFirst();
    }

    private long places(Taken<Asked> due, Instant now, int asked) {
        return IntStream.range(0, asked)
                .filter(_ -> resets().room(due, MAILBOX, now))
                .count();
    }

    @Test
    void aMailboxHasSoManyPlacesInAnHourAndOthersHaveTheirs() {
        Taken<Asked> due = due(NOW);
        assertThat(places(due, NOW, 10)).isEqualTo(ResetStore.MOST_IN_HOUR);
        assertThat(resets().room(due, mailbox(2), NOW)).isTrue();
        assertThat(places(due, NOW.plus(Duration.ofHours(1)).minusSeconds(1), 1))
                .isZero();
        assertThat(places(due, NOW.plus(Duration.ofHours(1)), 10)).isEqualTo(ResetStore.MOST_IN_HOUR);
    }

    @Test
    void aMailboxHasSoManyPlacesInADay() {
        Taken<Asked> due = due(NOW);
        long had = 0;
        for (int hour = 0; hour < 24; hour++) {
            had += places(due, NOW.plus(Duration.ofHours(hour)), 10);
        }
        assertThat(had).isEqualTo(ResetStore.MOST_IN_DAY);
        assertThat(places(due, NOW.plus(Duration.ofDays(1)), 10)).isEqualTo(ResetStore.MOST_IN_HOUR);
    }

    /// The day that it was in may end before it does.
    @Test
    void anHourOfAMailboxLastsAnHour() {
        Taken<Asked> due = due(NOW);
        assertThat(places(due, NOW, 1)).isEqualTo(1);
        Instant over = NOW.plus(Duration.ofDays(1));
        Instant late = over.minusSeconds(600);
        assertThat(places(due, late, 10)).isEqualTo(ResetStore.MOST_IN_HOUR);
        assertThat(places(due, over, 1)).as("in the same hour").isZero();
        assertThat(places(due, late.plus(Duration.ofHours(1)), 10)).isEqualTo(ResetStore.MOST_IN_HOUR);
    }

    /// It counts for its name as if it had been sent, and no row of the trail says that it was.
    @Test
    void whatFoundNoPlaceIsRememberedAndNeverSent() {
        Taken<Asked> first = due(NOW);
        assertThat(places(first, NOW, ResetStore.MOST_IN_HOUR)).isEqualTo(ResetStore.MOST_IN_HOUR);
        assertThat(resets().room(first, MAILBOX, NOW)).isFalse();
        int before = trail().size();
        resets().delivered(first, act);
        resets().again(first.tried(), NOW);
        resets().forget(first);
        assertThat(trail()).hasSize(before);
        assertThat(resets().take(100, NOW.plus(resets().lease()))).isEmpty();
        for (int i = 1; i < 5; i++) {
            assertThat(resets().ask(new Asked("alice", api, "en"), NOW.plusSeconds(i)))
                    .isTrue();
        }
        assertThat(resets().take(100, NOW.plusSeconds(10)))
                .as("one place of the name is taken")
                .hasSize(ResetStore.MOST_OF_NAME - 1);
    }

    @Test
    void ofManyWhoTakePlacesAtOnceNoMoreGetOneThanThereAre() {
        Taken<Asked> due = due(NOW);
        long got = race(callers(_ -> () -> places(due, NOW, 3))).stream()
                .mapToLong(Long::longValue)
                .sum();
        assertThat(3L * CALLERS).isGreaterThan(ResetStore.MOST_IN_HOUR);
        assertThat(got).isEqualTo(ResetStore.MOST_IN_HOUR);
    }
}
