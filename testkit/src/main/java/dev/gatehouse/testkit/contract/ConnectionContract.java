package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Lease;
import dev.gatehouse.core.store.Renewal;
import dev.gatehouse.core.store.SealedConnection;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Connections and the renewal of their credentials. What every member has in common is in [StandingContract].
public abstract class ConnectionContract extends StoreContract {
    private static final Encrypted NEXT = Encrypted.of(new byte[] {9, 9});
    private static final Optional<Instant> LATER = Optional.of(Nouns.NOW.plusSeconds(7200));
    private static final Instant SOON = Nouns.NOW.plusSeconds(30);

    private ConnectionStore connections() {
        return store().connections();
    }

    private Connection connection(String name) {
        return done(connections().add(nouns.connection(root(), name), Nouns.SEALED, act));
    }

    private Lease lease(Connection connection) {
        return done(connections().lease(connection.id(), connection.credential(), SOON, act));
    }

    private Renewal renewal(Connection connection) {
        return connections().sealed(connection.id()).orElseThrow().renewal();
    }

    @Test
    void whatIsAddedIsReadBackAsItWasAndAuditedOnce() {
        int before = trail().size();
        Connection connection = nouns.connection(root(), "Ünïçode \uD83D\uDE00");
        assertThat(done(connections().add(connection, Nouns.SEALED, act))).isEqualTo(connection);
        assertThat(connections().connection(connection.id())).contains(connection);
        assertThat(connections().sealed(connection.id()))
                .contains(new SealedConnection(connection, Nouns.SEALED, Renewal.NONE));
        assertThat(connections().connections(root(), Slice.first(5)).items()).containsExactly(connection);
        audited(before, "connection.add", connection.id());
        assertThat(connections().connection(nouns.id(Kind.CONNECTION))).isEmpty();
        assertThat(connections().sealed(new Id(Kind.CUSTOMER, connection.id().value())))
                .isEmpty();
    }

    @Test
    void whatIsNotAddedLeavesNoTrace() {
        connection("crm");
        Id gone = done(store().members().add(nouns.organization(root(), "Gone"), act))
                .id();
        done(store().members().revoke(gone, act));
        int before = trail().size();
        assertThat(connections().add(nouns.connection(root(), "crm"), NEXT, act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(connections().add(nouns.connection(gone, "x"), NEXT, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(connections().add(nouns.connection(nouns.id(Kind.ORGANIZATION), "x"), NEXT, act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void connectionIsFoundByTheNameThatItsOrganizationHasForIt() {
        Connection connection = connection("crm");
        assertThat(connections().sealed(root(), "crm"))
                .isEqualTo(connections().sealed(connection.id()))
                .isPresent();
        assertThat(connections().sealed(root(), "Crm")).isEmpty();
        assertThat(connections().sealed(nouns.id(Kind.ORGANIZATION), "crm")).isEmpty();
    }

    @Test
    void revokedConnectionLeavesItsNameToTheNext() {
        Connection first = connection("crm");
        done(store().members().revoke(first.id(), act));
        assertThat(connections().sealed(root(), "crm")).isEmpty();
        Connection second = connection("crm");
        assertThat(connections().sealed(root(), "crm").orElseThrow().connection())
                .isEqualTo(second);
        assertThat(connections().add(nouns.connection(root(), "crm"), NEXT, act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(connections().connections(root(), Slice.first(5)).items()).hasSize(2);
    }

    @Test
    void whatIsSaidOfAConnectionIsReadBack() {
        Connection connection = connection("crm");
        int before = trail().size();
        Connection said = done(connections().describe(connection, "crm", "Ünser CRM", act));
        assertThat(said.description()).isEqualTo("Ünser CRM");
        assertThat(connections().connection(connection.id())).contains(said);
        audited(before, "connection.describe", connection.id());
        assertThat(connections().describe(connection, "crm", "late", act)).isInstanceOf(Stored.Moved.class);
        done(store().members().revoke(connection.id(), act));
        Connection revoked = connections().connection(connection.id()).orElseThrow();
        assertThat(connections().describe(revoked, "crm", "too late", act)).isInstanceOf(Stored.Conflict.class);
    }

    @Test
    void connectionIsCalledByAnotherNameThatNoOtherHas() {
        Connection crm = connection("crm");
        Connection other = connection("other");
        assertThat(connections().describe(crm, "other", "", act)).isInstanceOf(Stored.Conflict.class);
        Connection called = done(connections().describe(crm, "sales", "north", act));
        assertThat(called).isEqualTo(crm.described("sales", "north", act.at()));
        assertThat(connections().sealed(root(), "sales").map(SealedConnection::connection))
                .contains(called);
        assertThat(connections().sealed(root(), "crm")).isEmpty();
        assertThat(trail().getFirst().detail()).contains("sales", "crm").doesNotContain("north");
        done(store().members().revoke(other.id(), act));
        assertThat(done(connections().describe(called, "other", "", act)).name())
                .as("a revoked one leaves its name")
                .isEqualTo("other");
    }

    @Test
    void whenItWasChangedIsReadBackAndRenewingIsNoChange() {
        Connection crm = connection("crm");
        Act later = at(60);
        Connection said = done(connections().describe(crm, "crm", "north", later));
        assertThat(said.changedAt()).isEqualTo(later.at());
        assertThat(said.createdAt()).isEqualTo(crm.createdAt());
        Connection renewed = done(connections().commit(lease(said), NEXT, LATER, SOON, at(120)));
        assertThat(renewed.changedAt()).isEqualTo(later.at());
        Connection again = done(connections().reconnect(renewed, NEXT, LATER, at(180)));
        assertThat(again.changedAt()).isEqualTo(at(180).at());
        assertThat(connections().connection(crm.id())).contains(again);
        done(store().members().hold(crm.id(), Hold.OWNER, at(240)));
        assertThat(connections().connection(crm.id()).orElseThrow().changedAt()).isEqualTo(again.changedAt());
    }

    private Act at(long seconds) {
        return new Act(act.actor(), act.requestId(), act.at().plusSeconds(seconds));
    }

    @Test
    void ofManyThatWantANameOneHasIt() {
        List<Connection> all = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                .map(this::connection)
                .toList();
        List<Stored<Connection>> outcomes =
                race(callers(i -> () -> connections().describe(all.get(i % all.size()), "the one", "", act)));
        assertThat(winners(outcomes)).isEqualTo(1);
    }

    @Test
    void unrevokedAreListedAndCountedWithoutTheOthers() {
        Connection one = connection("a");
        Connection gone = connection("b");
        Connection other = connection("c");
        done(store().members().revoke(gone.id(), act));
        Slice counted = new Slice(Optional.empty(), 1, 1, Optional.empty(), true);
        assertThat(connections().unrevoked(root(), counted).total()).contains(2L);
        assertThat(connections().unrevoked(root(), counted).items()).hasSize(1);
        assertThat(connections().unrevoked(root(), Slice.first(5)).items()).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void anOrganizationHasSoManyAndNoMore() {
        for (int i = 1; i < ConnectionStore.MAX_CONNECTIONS; i++) {
            connection("crm " + i);
        }
        List<Stored<Connection>> last =
                race(callers(i -> () -> connections().add(nouns.connection(root(), "last " + i), NEXT, act)));
        assertThat(winners(last)).as("of many at once one is the last").isEqualTo(1);
        assertThat(connections().add(nouns.connection(root(), "one more"), NEXT, act))
                .isInstanceOf(Stored.Full.class);
        Id one = last.stream()
                .flatMap(stored -> stored instanceof Stored.Done<Connection>(Connection added, var _)
                        ? Stream.of(added.id())
                        : Stream.empty())
                .findFirst()
                .orElseThrow();
        done(store().members().revoke(one, act));
        connection("one more");
    }

    @Test
    void allAreReadPageByPage() {
        List<Connection> all = Stream.of("a", "b", "c")
                .map(this::connection)
                .sorted((one, other) ->
                        Long.compareUnsigned(one.id().value(), other.id().value()))
                .toList();
        List<SealedConnection> page = connections().sealed(Optional.empty(), 2);
        assertThat(page).extracting(SealedConnection::connection).containsExactlyElementsOf(all.subList(0, 2));
        assertThat(connections().sealed(Optional.of(all.get(1).id()), 2))
                .extracting(SealedConnection::connection)
                .containsExactly(all.getLast());
    }

    @Test
    void rewrappingChangesTheCiphertextAloneAndNeverOneThatIsNewer() {
        Connection connection = connection("crm");
        SealedConnection before = connections().sealed(connection.id()).orElseThrow();
        Lease lease = lease(connection);
        assertThat(done(connections().rewrap(before, NEXT, act))).isEqualTo(connection);
        assertThat(connections().sealed(connection.id()).orElseThrow().sealed()).isEqualTo(NEXT);
        assertThat(renewal(connection).fence()).isEqualTo(lease.fence());
        assertThat(connections().rewrap(before, Nouns.SEALED, act)).isInstanceOf(Stored.Moved.class);
        done(connections().commit(lease, Nouns.SEALED, LATER, Nouns.NOW, act));
        assertThat(connections().rewrap(before, NEXT, act)).isInstanceOf(Stored.Moved.class);
        assertThat(connections().sealed(connection.id()).orElseThrow().sealed()).isEqualTo(Nouns.SEALED);
    }
}
