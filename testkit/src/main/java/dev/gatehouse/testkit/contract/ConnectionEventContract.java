package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEventStore;
import dev.gatehouse.core.store.ConnectionEventStore.Due;
import dev.gatehouse.core.store.ConnectionEventStore.Event;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is to be told of connections: written with what happened, taken by one node, told until it is known.
public abstract class ConnectionEventContract extends StoreContract {
    private static final Instant SOON = Nouns.NOW.plusSeconds(30);

    private ConnectionStore connections() {
        return store().connections();
    }

    private ConnectionEventStore events() {
        return store().connectionEvents();
    }

    private Connection connection(String name) {
        return done(connections().add(nouns.connection(root(), name), Nouns.SEALED, act));
    }

    private Act at(Instant time) {
        return new Act(act.actor(), act.requestId(), time);
    }

    private Lease lease(Connection connection, Instant now) {
        return done(connections().lease(connection.id(), connection.credential(), now.plusSeconds(60), at(now)));
    }

    /// Renewing it fails once.
    private void fail(Connection connection) {
        done(connections().release(lease(connection, Nouns.NOW), true, SOON, "slow", act));
    }

    private List<Due> due() {
        return events().take(100, SOON);
    }

    @Test
    void firstFailureIsToldWithItsReasonAndNotTheNext() {
        Connection connection = connection("crm");
        assertThat(due()).as("a new connection is no news").isEmpty();
        fail(connection);
        List<Due> taken = due();
        assertThat(taken)
                .containsExactly(new Due(
                        new Event(connection.id(), root(), ConnectionEventStore.Type.FAILING, "slow", Nouns.NOW),
                        1,
                        0));
        events().delivered(taken.getFirst());
        Lease second = lease(connection, SOON);
        done(connections().release(second, true, SOON, "slow", at(SOON)));
        assertThat(events().take(100, SOON.plusSeconds(600))).isEmpty();
    }

    @Test
    void whatWorksAgainIsToldOnlyWhereItDidNot() {
        Connection one = connection("a");
        Connection renewed =
                done(connections().commit(lease(one, Nouns.NOW), Nouns.SEALED, Optional.empty(), Nouns.NOW, act));
        done(connections().reconnect(renewed, Nouns.SEALED, Optional.empty(), act));
        assertThat(due()).isEmpty();
        Connection two = connection("b");
        fail(two);
        done(connections().commit(lease(two, SOON), Nouns.SEALED, Optional.empty(), SOON, at(SOON)));
        Connection three = connection("c");
        Connection refused = done(connections().refused(lease(three, Nouns.NOW), "invalid_grant", act));
        assertThat(due())
                .extracting(due -> due.event().type())
                .containsExactlyInAnyOrder(ConnectionEventStore.Type.RECOVERED, ConnectionEventStore.Type.NEEDS_REAUTH);
        done(connections().reconnect(refused, Nouns.SEALED, Optional.empty(), at(SOON)));
        assertThat(due())
                .containsExactly(
                        new Due(new Event(three.id(), root(), ConnectionEventStore.Type.RECOVERED, "", SOON), 3, 0));
    }

    /// Whoever sends what is old by now says nothing of what is new.
    @Test
    void theNewestTakesThePlaceOfWhatWasNotTold() {
        Connection connection = connection("crm");
        fail(connection);
        Due old = due().getFirst();
        done(connections().commit(lease(connection, SOON), Nouns.SEALED, Optional.empty(), SOON, at(SOON)));
        events().delivered(old);
        events().again(old.tried(), SOON.plusSeconds(900));
        assertThat(events().giveUp(old, "no", act)).isInstanceOf(Stored.Missing.class);
        assertThat(due()).singleElement().satisfies(due -> {
            assertThat(due.event().type()).isEqualTo(ConnectionEventStore.Type.RECOVERED);
            assertThat(due.tries()).isZero();
        });
    }

    @Test
    void whatIsTakenIsDueAgainUnlessSomethingIsSaidOfIt() {
        fail(connection("crm"));
        Due first = due().getFirst();
        assertThat(due()).as("leased").isEmpty();
        Instant over = SOON.plus(ConnectionEventStore.LEASE);
        Due second = events().take(100, over).getFirst();
        assertThat(second.attempt()).isEqualTo(first.attempt() + 1);
        events().delivered(first);
        events().again(second.tried(), over.plusSeconds(10));
        assertThat(events().take(100, over.plusSeconds(9))).isEmpty();
        Due third = events().take(100, over.plusSeconds(10)).getFirst();
        assertThat(third.tries()).isEqualTo(1);
        int before = trail().size();
        done(events().giveUp(third, "5xx", act));
        audited(before, "connection.undelivered", third.event().connection());
        assertThat(events().giveUp(third, "5xx", act)).isInstanceOf(Stored.Missing.class);
        assertThat(events().take(100, over.plusSeconds(9999))).isEmpty();
    }

    /// Whoever slept over a delivery by somebody else knows nothing of what has happened since, though attempts of
    /// it are counted anew.
    @Test
    void whatIsSaidLateOfAnEventThatIsGoneChangesNothingOfTheNext() {
        Connection connection = connection("crm");
        fail(connection);
        Due slept = due().getFirst();
        Instant over = SOON.plus(ConnectionEventStore.LEASE);
        events().delivered(events().take(100, over).getFirst());
        done(connections().refused(lease(connection, over), "invalid_grant", at(over)));
        Due next = events().take(100, over).getFirst();
        assertThat(next.attempt()).as("counted anew").isEqualTo(slept.attempt());
        events().again(slept.tried(), over.plusSeconds(9999));
        events().delivered(slept);
        assertThat(events().giveUp(slept, "no", act)).isInstanceOf(Stored.Missing.class);
        Instant later = over.plus(ConnectionEventStore.LEASE);
        assertThat(events().take(100, later)).singleElement().satisfies(due -> {
            assertThat(due.event()).isEqualTo(next.event());
            assertThat(due.tries()).isZero();
        });
    }

    @Test
    void ofManyThatTakeOneHasEach() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            fail(connection(name));
        }
        List<List<Due>> taken = race(callers(_ -> () -> events().take(2, SOON)));
        assertThat(taken.stream().flatMap(List::stream).map(due -> due.event().connection()))
                .doesNotHaveDuplicates()
                .hasSizeBetween(2, 5);
        assertThat(taken).allSatisfy(one -> assertThat(one).hasSizeLessThanOrEqualTo(2));
    }
}
