package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Connection.Health;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Renewal;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The renewal of credentials of connections: who may, and what comes of it.
public abstract class RenewalContract extends StoreContract {
    private static final Encrypted NEXT = Encrypted.of(new byte[] {9, 9});
    private static final Optional<Instant> LATER = Optional.of(Nouns.NOW.plusSeconds(7200));
    private static final Instant SOON = Nouns.NOW.plusSeconds(30);

    private ConnectionStore connections() {
        return store().connections();
    }

    private Connection connection(String name) {
        return done(connections().add(nouns.connection(root(), name), Nouns.SEALED, act));
    }

    private Act at(Instant time) {
        return new Act(act.actor(), act.requestId(), time);
    }

    private Lease lease(Connection connection) {
        return done(connections().lease(connection.id(), connection.credential(), SOON, act));
    }

    private Renewal renewal(Connection connection) {
        return connections().sealed(connection.id()).orElseThrow().renewal();
    }

    @Test
    void leaseIsGivenOnceUntilItEnds() {
        Connection connection = connection("crm");
        int before = trail().size();
        Lease first = lease(connection);
        assertThat(first).isEqualTo(new Lease(connection.id(), 1, 1, false));
        assertThat(renewal(connection)).isEqualTo(new Renewal(1, Optional.of(SOON), true, false, Optional.empty(), 0));
        assertThat(connections().lease(connection.id(), 1, SOON.plusSeconds(9), act))
                .isInstanceOf(Stored.Conflict.class);
        done(connections().renew(first, SOON.plusSeconds(60), at(SOON)));
        assertThat(connections().lease(connection.id(), 1, SOON.plusSeconds(90), at(SOON.plusSeconds(59))))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(trail()).as("leases leave no audit row").hasSize(before);
        assertThat(connections().lease(nouns.id(Kind.CONNECTION), 1, SOON, act)).isInstanceOf(Stored.Missing.class);
    }

    /// Whoever had it died between the platform's answer and the commit, as far as anybody knows.
    @Test
    void leaseThatRanOutIsGivenAgainAndSaysWhatWasLost() {
        Connection connection = connection("crm");
        Lease first = lease(connection);
        Lease second = done(connections().lease(connection.id(), 1, SOON.plusSeconds(60), at(SOON)));
        assertThat(second).isEqualTo(new Lease(connection.id(), 2, 1, true));
        assertThat(connections().commit(first, NEXT, LATER, Nouns.NOW, act)).isInstanceOf(Stored.Moved.class);
        assertThat(connections().renew(first, SOON, act)).isInstanceOf(Stored.Moved.class);
        assertThat(connections().release(first, true, SOON, "late", act)).isInstanceOf(Stored.Moved.class);
        assertThat(connections().refused(first, "late", act)).isInstanceOf(Stored.Moved.class);
        assertThat(connections().sealed(connection.id()).orElseThrow().sealed()).isEqualTo(Nouns.SEALED);
        done(connections().commit(second, NEXT, LATER, Nouns.NOW, at(SOON)));
    }

    @Test
    void commitPutsTheNewCredentialInThePlaceOfTheLeasedOne() {
        Connection connection = connection("crm");
        Lease lease = lease(connection);
        int before = trail().size();
        Connection renewed = done(connections().commit(lease, NEXT, LATER, Nouns.NOW, act));
        audited(before, "connection.refresh", connection.id());
        assertThat(renewed).isEqualTo(connection.written(Health.LIVE, 2, LATER));
        assertThat(connections().sealed(connection.id()))
                .contains(new SealedConnection(
                        renewed, NEXT, new Renewal(1, Optional.empty(), false, false, Optional.of(Nouns.NOW), 0)));
        assertThat(connections().commit(lease, NEXT, LATER, Nouns.NOW, act)).isInstanceOf(Stored.Moved.class);
        assertThat(connections().lease(connection.id(), 1, SOON, act))
                .as("the credential before")
                .isInstanceOf(Stored.Moved.class);
        assertThat(lease(renewed)).isEqualTo(new Lease(connection.id(), 2, 2, false));
    }

    @Test
    void freshCredentialIsLeftAloneForAWhile() {
        Connection connection = connection("crm");
        done(connections().commit(lease(connection), NEXT, LATER, SOON, act));
        assertThat(renewal(connection).young(SOON.minusMillis(1))).isTrue();
        assertThat(connections().lease(connection.id(), 2, SOON, at(SOON.minusMillis(1))))
                .isInstanceOf(Stored.Conflict.class);
        done(connections().lease(connection.id(), 2, SOON.plusSeconds(5), at(SOON)));
    }

    @Test
    void releaseKeepsTheCredentialAndHoldsOthersBack() {
        Connection connection = connection("crm");
        int before = trail().size();
        done(connections().release(lease(connection), true, SOON, "slow", act));
        audited(before, "connection.failing", connection.id());
        assertThat(renewal(connection)).isEqualTo(new Renewal(1, Optional.empty(), false, false, Optional.of(SOON), 1));
        assertThat(connections().lease(connection.id(), 1, SOON, at(SOON.minusMillis(1))))
                .isInstanceOf(Stored.Conflict.class);
        Lease second = done(connections().lease(connection.id(), 1, SOON.plusSeconds(5), at(SOON)));
        assertThat(second.lost()).isFalse();
        done(connections().release(second, false, SOON, "slow", act));
        assertThat(trail()).as("only the first failure in a row").hasSize(before + 1);
        Lease third = done(connections().lease(connection.id(), 1, SOON.plusSeconds(9), at(SOON)));
        assertThat(third.lost()).as("nobody knows what the second did").isTrue();
        done(connections().release(third, true, SOON, "slow", act));
        assertThat(renewal(connection).begun())
                .as("the third knows no more of it")
                .isTrue();
    }

    @Test
    void refusedConnectionNeedsSomebodyAndKeepsItsCredential() {
        Connection connection = connection("crm");
        int before = trail().size();
        Connection refused = done(connections().refused(lease(connection), "invalid_grant", act));
        audited(before, "connection.needs_reauth", connection.id());
        assertThat(refused.health()).isEqualTo(Health.NEEDS_REAUTH);
        assertThat(connections().sealed(connection.id()).orElseThrow().sealed()).isEqualTo(Nouns.SEALED);
        assertThat(connections().lease(connection.id(), 1, SOON, act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void reconnectingKeepsTheIdAndComesBeforeWhoeverRenews() {
        Connection connection = connection("crm");
        Lease lease = lease(connection);
        int before = trail().size();
        Connection again = done(connections().reconnect(connection, NEXT, LATER, act));
        audited(before, "connection.reconnect", connection.id());
        assertThat(again).isEqualTo(connection.written(Health.LIVE, 2, LATER));
        assertThat(connections().commit(lease, Nouns.SEALED, LATER, Nouns.NOW, act))
                .isInstanceOf(Stored.Moved.class);
        assertThat(connections().sealed(connection.id()).orElseThrow().sealed()).isEqualTo(NEXT);
        assertThat(connections().reconnect(connection, NEXT, LATER, act)).isInstanceOf(Stored.Moved.class);
        Connection refused = done(connections().refused(lease(again), "invalid_grant", act));
        assertThat(done(connections().reconnect(refused, NEXT, LATER, act)).health())
                .isEqualTo(Health.LIVE);
    }

    @Test
    void whatIsSaidOfAConnectionIsWrittenWithItsCredential() {
        Connection connection = connection("crm");
        Connection again = done(connections().reconnect(connection.saying("north"), NEXT, LATER, act));
        assertThat(again).isEqualTo(connection.saying("north").written(Health.LIVE, 2, LATER));
        assertThat(connections().connection(connection.id())).contains(again);
    }

    @Test
    void heldConnectionIsNotLeasedButTakesWhatWasObtained() {
        Connection connection = connection("crm");
        Lease lease = lease(connection);
        done(store().members().hold(connection.id(), Hold.OWNER, act));
        Connection renewed = done(connections().commit(lease, NEXT, LATER, Nouns.NOW, act));
        assertThat(renewed.standing().holds()).containsExactly(Hold.OWNER);
        assertThat(connections().lease(connection.id(), 2, SOON, act)).isInstanceOf(Stored.Conflict.class);
        done(store().members().lift(connection.id(), Hold.OWNER, act));
        assertThat(connections().lease(connection.id(), 2, SOON, act)).isInstanceOf(Stored.Done.class);
    }

    @Test
    void revokedConnectionTakesNothing() {
        Connection connection = connection("crm");
        Lease lease = lease(connection);
        done(store().members().revoke(connection.id(), act));
        Connection revoked = connections().connection(connection.id()).orElseThrow();
        assertThat(connections().commit(lease, NEXT, LATER, Nouns.NOW, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(connections().reconnect(revoked, NEXT, LATER, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(connections().lease(connection.id(), 1, SOON, at(SOON.plus(Duration.ofDays(1)))))
                .isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void ofManyThatWantTheLeaseOneHasIt() {
        Connection connection = connection("crm");
        assertThat(winners(race(callers(_ -> () -> connections().lease(connection.id(), 1, SOON, act)))))
                .isEqualTo(1);
        assertThat(renewal(connection).fence()).isEqualTo(1);
    }

    @Test
    void ofManyThatCommitOneDoes() {
        Connection connection = connection("crm");
        Lease lease = lease(connection);
        List<Stored<Connection>> outcomes = race(callers(i ->
                () -> connections().commit(lease, Encrypted.of(new byte[] {(byte) i}), LATER, Nouns.NOW, act)));
        assertThat(winners(outcomes)).isEqualTo(1);
        assertThat(connections().connection(connection.id()).orElseThrow().credential())
                .isEqualTo(2);
    }

    @Test
    void ofManyThatReconnectAndOneThatCommitsOneWins() {
        Connection connection = connection("crm");
        Lease lease = lease(connection);
        List<Stored<Connection>> outcomes = race(callers(i -> i == 0
                ? () -> connections().commit(lease, NEXT, LATER, Nouns.NOW, act)
                : () -> connections().reconnect(connection, NEXT, LATER, act)));
        assertThat(winners(outcomes)).isEqualTo(1);
        assertThat(connections().connection(connection.id()).orElseThrow().credential())
                .isEqualTo(2);
    }
}
