package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEvent;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is to be told of connections: written with what happened, taken by one node, told until it is known.
public abstract class ConnectionEventContract extends StoreContract implements OutboxContract<ConnectionEvent> {
    private static final Instant SOON = Nouns.NOW.plusSeconds(30);

    private ConnectionStore connections() {
        return store().connections();
    }

    @Override
    public final OutboxStore<ConnectionEvent> outbox() {
        return store().connectionEvents();
    }

    @Override
    public final StoreContract contract() {
        return this;
    }

    @Override
    public final ConnectionEvent happens(String name) {
        Connection connection = connection(name);
        fail(connection);
        return event(connection, ConnectionEvent.Type.FAILING, "slow");
    }

    @Override
    public final void givenUp(int before, ConnectionEvent event, int tries) {
        audited(before, "connection.undelivered", event.connection());
        assertThat(trail().getFirst().detail())
                .isEqualTo(
                        "{\"event\":\"" + event.type().wire() + "\",\"why\":\"5xx\",\"attempts\":\"" + tries + "\"}");
    }

    private ConnectionEvent event(Connection connection, ConnectionEvent.Type type, String because) {
        return new ConnectionEvent(connection.id(), root(), type, because);
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

    private List<Taken<ConnectionEvent>> due() {
        return outbox().take(100, SOON);
    }

    @Test
    void firstFailureIsToldWithItsReasonAndNotTheNext() {
        Connection connection = connection("crm");
        assertThat(due()).as("a new connection is no news").isEmpty();
        fail(connection);
        List<Taken<ConnectionEvent>> taken = due();
        assertThat(taken)
                .containsExactly(new Taken<>(event(connection, ConnectionEvent.Type.FAILING, "slow"), 1, 0, Nouns.NOW));
        outbox().delivered(taken.getFirst(), act);
        Lease second = lease(connection, SOON);
        done(connections().release(second, true, SOON, "slow", at(SOON)));
        assertThat(outbox().take(100, SOON.plusSeconds(600))).isEmpty();
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
                .extracting(due -> due.notice().type())
                .containsExactlyInAnyOrder(ConnectionEvent.Type.RECOVERED, ConnectionEvent.Type.NEEDS_REAUTH);
        done(connections().reconnect(refused, Nouns.SEALED, Optional.empty(), at(SOON)));
        assertThat(due()).containsExactly(new Taken<>(event(three, ConnectionEvent.Type.RECOVERED, ""), 3, 0, SOON));
    }

    /// Whoever sends what is old by now says nothing of what is new.
    @Test
    void theNewestTakesThePlaceOfWhatWasNotTold() {
        Connection connection = connection("crm");
        fail(connection);
        Taken<ConnectionEvent> old = due().getFirst();
        done(connections().commit(lease(connection, SOON), Nouns.SEALED, Optional.empty(), SOON, at(SOON)));
        outbox().delivered(old, act);
        outbox().again(old.tried(), SOON.plusSeconds(900));
        assertThat(outbox().giveUp(old, "no", act)).isInstanceOf(Stored.Missing.class);
        assertThat(due()).singleElement().satisfies(due -> {
            assertThat(due.notice().type()).isEqualTo(ConnectionEvent.Type.RECOVERED);
            assertThat(due.tries()).isZero();
        });
    }

    /// Whoever slept over a delivery by somebody else knows nothing of what has happened since, though attempts of
    /// it are counted anew.
    @Test
    void whatIsSaidLateOfAnEventThatIsGoneChangesNothingOfTheNext() {
        Connection connection = connection("crm");
        fail(connection);
        Taken<ConnectionEvent> slept = due().getFirst();
        Instant over = SOON.plus(outbox().lease());
        outbox().delivered(outbox().take(100, over).getFirst(), act);
        done(connections().refused(lease(connection, over), "invalid_grant", at(over)));
        Taken<ConnectionEvent> next = outbox().take(100, over).getFirst();
        assertThat(next.attempt()).as("counted anew").isEqualTo(slept.attempt());
        outbox().again(slept.tried(), over.plusSeconds(9999));
        outbox().delivered(slept, act);
        assertThat(outbox().giveUp(slept, "no", act)).isInstanceOf(Stored.Missing.class);
        Instant later = over.plus(outbox().lease());
        assertThat(outbox().take(100, later)).singleElement().satisfies(due -> {
            assertThat(due.notice()).isEqualTo(next.notice());
            assertThat(due.tries()).isZero();
        });
    }
}
