package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.ConnectSession.State;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.ConnectSessionStore.Held;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Stored;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Browsers on their way to a platform and back: each step is taken once, in its time, and by whom it is for
/// (GAUNTLET J01).
public abstract class ConnectSessionContract extends StoreContract {
    private static final Encrypted OBTAINED = Encrypted.of(new byte[] {4, 2});
    private static final Optional<Instant> LATER = Optional.of(Nouns.NOW.plusSeconds(7200));
    private static final Instant END = Nouns.NOW.plus(ConnectSession.LIFE);

    private int digests;

    private ConnectSessionStore sessions() {
        return store().connectSessions();
    }

    private Digest digest() {
        digests++;
        return Digest.of(1, ByteBuffer.allocate(32).putInt(4, digests).array());
    }

    private ConnectSession session(Id organization) {
        return new ConnectSession(
                nouns.id(Kind.CONNECT_SESSION),
                organization,
                installed.admin().id(),
                nouns.id(Kind.CONNECTION),
                false,
                "HubSpot",
                "Ünïçode \uD83D\uDE00 " + nouns.id(Kind.CONNECTION),
                "ann@example.com",
                "https://app.example/settings",
                State.OPEN,
                Nouns.NOW,
                END);
    }

    private ConnectSession opened(Digest link) {
        return done(sessions().open(session(root()), link, Nouns.SEALED, act));
    }

    private ConnectSession started(Digest browser) {
        return done(sessions().start(opened(digest()).id(), browser, act));
    }

    private ConnectSession taken() {
        Digest browser = digest();
        return done(sessions().take(started(browser).id(), List.of(browser), act))
                .session();
    }

    private ConnectSession ready(Digest code) {
        return done(sessions().hold(taken().id(), OBTAINED, LATER, code, act));
    }

    private Act at(Instant time) {
        return new Act(act.actor(), act.requestId(), time);
    }

    private Connection connection(ConnectSession session) {
        Connection made = nouns.connection(root(), session.name());
        return new Connection(
                        session.connection(),
                        made.organization(),
                        made.platform(),
                        made.kind(),
                        made.name(),
                        made.description(),
                        made.standing(),
                        made.createdAt())
                .until(made.tokenExpiresAt());
    }

    @Test
    void aSessionIsReadBackAsItWasByItsLinkAlone() {
        Digest link = digest();
        ConnectSession session = session(root());
        int before = trail().size();
        assertThat(done(sessions().open(session, link, Nouns.SEALED, act))).isEqualTo(session);
        audited(before, "connect_session.open", session.id());
        assertThat(sessions().session(session.id())).contains(session);
        assertThat(sessions().session(new Id(Kind.CONNECTION, session.id().value())))
                .isEmpty();
        assertThat(sessions().linked(List.of(digest(), link), Nouns.NOW))
                .contains(new Held(session, Nouns.SEALED, Optional.empty()));
        assertThat(sessions().linked(List.of(digest()), Nouns.NOW)).isEmpty();
        assertThat(sessions().linked(List.of(link), END)).as("over").isEmpty();
    }

    @Test
    void nothingIsBegunForAnOrganizationThatIsGone() {
        Id gone = done(store().members().add(nouns.organization(root(), "Gone"), act))
                .id();
        done(store().members().revoke(gone, act));
        int before = trail().size();
        assertThat(sessions().open(session(gone), digest(), Nouns.SEALED, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(sessions().open(session(nouns.id(Kind.ORGANIZATION)), digest(), Nouns.SEALED, act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void anOrganizationHasSoManyThatAreNotOver() {
        Id busy = done(store().members().add(nouns.organization(root(), "Busy"), act))
                .id();
        ConnectSession first = session(busy);
        done(sessions().open(first, digest(), Nouns.SEALED, act));
        for (int i = 1; i < ConnectSessionStore.MAX_OPEN; i++) {
            done(sessions().open(session(busy), digest(), Nouns.SEALED, act));
        }
        assertThat(sessions().open(session(busy), digest(), Nouns.SEALED, act)).isInstanceOf(Stored.Full.class);
        done(sessions().open(session(root()), digest(), Nouns.SEALED, act));
        done(sessions().fail(first.id(), "gone", act));
        done(sessions().open(session(busy), digest(), Nouns.SEALED, act));
        assertThat(sessions().open(session(busy), digest(), Nouns.SEALED, act)).isInstanceOf(Stored.Full.class);
        done(sessions().open(session(busy), digest(), Nouns.SEALED, at(END)));
    }

    @Test
    void whatIsLongOverIsForgotten() {
        ConnectSession old = opened(digest());
        done(sessions().open(session(root()), digest(), Nouns.SEALED, at(END.plusSeconds(600))));
        assertThat(sessions().session(old.id())).isEmpty();
    }

    @Test
    void everyStepIsTakenOnceAndInItsTurn() {
        Digest link = digest();
        Digest browser = digest();
        Digest code = digest();
        ConnectSession session = opened(link);
        assertThat(sessions().take(session.id(), List.of(link), act)).isInstanceOf(Stored.Moved.class);
        int before = trail().size();
        assertThat(done(sessions().start(session.id(), browser, act))).isEqualTo(session.in(State.STARTED));
        audited(before, "connect_session.start", session.id());
        assertThat(sessions().start(session.id(), browser, act)).isInstanceOf(Stored.Moved.class);
        assertThat(sessions().linked(List.of(link, browser), Nouns.NOW)).isEmpty();

        assertThat(sessions().hold(session.id(), OBTAINED, LATER, code, act)).isInstanceOf(Stored.Moved.class);
        assertThat(done(sessions().take(session.id(), List.of(digest(), browser), act)))
                .isEqualTo(new Held(session.in(State.RETURNED), Nouns.SEALED, Optional.empty()));
        assertThat(sessions().take(session.id(), List.of(browser), act)).isInstanceOf(Stored.Moved.class);

        int held = trail().size();
        assertThat(done(sessions().hold(session.id(), OBTAINED, LATER, code, act)))
                .isEqualTo(session.in(State.READY));
        audited(held, "connect_session.ready", session.id());
        assertThat(sessions().hold(session.id(), OBTAINED, LATER, code, act)).isInstanceOf(Stored.Moved.class);
        assertThat(sessions().ready(session.id(), List.of(code), Nouns.NOW))
                .contains(new Held(session.in(State.READY), OBTAINED, LATER));
        assertThat(sessions().ready(session.id(), List.of(browser), Nouns.NOW)).isEmpty();
        assertThat(sessions().start(nouns.id(Kind.CONNECT_SESSION), browser, act))
                .isInstanceOf(Stored.Missing.class);
    }

    /// GAUNTLET J02: what another browser brings is not taken, and takes nothing from the right one.
    @Test
    void anotherBrowserTakesNothing() {
        Digest browser = digest();
        ConnectSession session = started(browser);
        assertThat(sessions().take(session.id(), List.of(digest()), act)).isInstanceOf(Stored.Moved.class);
        done(sessions().take(session.id(), List.of(browser), act));
    }

    @Test
    void noStepIsTakenAfterTheEnd() {
        Digest browser = digest();
        Digest code = digest();
        ConnectSession opened = opened(digest());
        ConnectSession started = started(browser);
        ConnectSession taken = taken();
        ConnectSession ready = ready(code);
        assertThat(sessions().start(opened.id(), browser, at(END))).isInstanceOf(Stored.Moved.class);
        assertThat(sessions().take(started.id(), List.of(browser), at(END))).isInstanceOf(Stored.Moved.class);
        assertThat(sessions().hold(taken.id(), OBTAINED, LATER, code, at(END))).isInstanceOf(Stored.Moved.class);
        assertThat(sessions().ready(ready.id(), List.of(code), END)).isEmpty();
        assertThat(sessions().add(ready.id(), connection(ready), OBTAINED, at(END)))
                .isInstanceOf(Stored.Moved.class);
        done(sessions().add(ready.id(), connection(ready), OBTAINED, at(END.minusMillis(1))));
    }

    @Test
    void whatHasFailedIsOver() {
        Digest code = digest();
        ConnectSession ready = ready(code);
        int before = trail().size();
        assertThat(done(sessions().fail(ready.id(), "another account", act)).state())
                .isEqualTo(State.FAILED);
        audited(before, "connect_session.fail", ready.id());
        assertThat(sessions().fail(ready.id(), "again", act)).isInstanceOf(Stored.Moved.class);
        assertThat(sessions().ready(ready.id(), List.of(code), Nouns.NOW)).isEmpty();
        assertThat(sessions().add(ready.id(), connection(ready), OBTAINED, act)).isInstanceOf(Stored.Moved.class);
        assertThat(store().connections().connection(ready.connection())).isEmpty();
    }

    @Test
    void theConnectionIsMadeWithTheEndOfTheSessionOrNotAtAll() {
        ConnectSession ready = ready(digest());
        Connection taken = nouns.connection(root(), ready.name());
        done(store().connections().add(taken, Nouns.SEALED, act));
        assertThat(sessions().add(ready.id(), connection(ready), OBTAINED, act)).isInstanceOf(Stored.Conflict.class);
        assertThat(sessions().session(ready.id())).contains(ready);
        assertThat(store().connections().connection(ready.connection())).isEmpty();

        assertThat(sessions().reconnect(ready.id(), connection(ready), OBTAINED, LATER, act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(sessions().session(ready.id())).contains(ready);
        Connection again = done(sessions().reconnect(ready.id(), taken, OBTAINED, LATER, act));
        assertThat(again).isEqualTo(taken.written(Connection.Health.LIVE, 2, LATER));
        assertThat(sessions().session(ready.id()).orElseThrow().state()).isEqualTo(State.FINISHED);
        assertThat(sessions().reconnect(ready.id(), again, OBTAINED, LATER, act))
                .isInstanceOf(Stored.Moved.class);
        assertThat(trail().stream().limit(2).map(row -> row.verb()))
                .containsExactly("connection.reconnect", "connect_session.finish");
    }

    @Test
    void whatIsHandedOverLeavesAnAuditRow() {
        int before = trail().size();
        Id api = installed.admin().id();
        sessions().handedOver(api, root(), "HubSpot", "https://app.example/done", act);
        audited(before, "connect.hand_over", api);
        assertThat(trail().getFirst().detail()).contains("HubSpot", "https://app.example/done");
    }

    /// Nobody finished it: what the platform gave does not stay.
    @Test
    void whatASessionHoldsEndsWithIt() {
        Digest code = digest();
        ConnectSession ready = ready(code);
        assertThat(sessions().sweep(END.minusMillis(1))).isZero();
        assertThat(sessions().ready(ready.id(), List.of(code), END.minusMillis(1)))
                .isPresent();
        int before = trail().size();
        assertThat(sessions().sweep(END)).isEqualTo(1);
        assertThat(sessions().sweep(END)).as("there is nothing left in it").isZero();
        assertThat(sessions().session(ready.id())).contains(ready);
        assertThat(sessions().sweep(END.plusSeconds(3600))).isEqualTo(1);
        assertThat(sessions().session(ready.id())).isEmpty();
        assertThat(trail()).hasSize(before);
    }

    @Test
    void ofManyBrowsersThatTakeALinkOneHasIt() {
        for (int round = 0; round < 10; round++) {
            ConnectSession session = opened(digest());
            List<Digest> browsers =
                    IntStream.range(0, Race.CALLERS).mapToObj(_ -> digest()).toList();
            assertThat(winners(race(callers(i -> () -> sessions().start(session.id(), browsers.get(i), act)))))
                    .isEqualTo(1);
        }
    }

    @Test
    void ofManyThatComeBackAtOnceOneIsTaken() {
        for (int round = 0; round < 10; round++) {
            Digest browser = digest();
            ConnectSession session = started(browser);
            assertThat(winners(race(callers(_ -> () -> sessions().take(session.id(), List.of(browser), act)))))
                    .isEqualTo(1);
        }
    }

    @Test
    void ofManyThatFinishAndOneThatEndsItOneDoes() {
        for (int round = 0; round < 10; round++) {
            ConnectSession ready = ready(digest());
            Connection made = connection(ready);
            List<Stored<Id>> outcomes = race(callers(i -> i == 0
                    ? () -> sessions().fail(ready.id(), "no", act).map(ConnectSession::id)
                    : () -> sessions().add(ready.id(), made, OBTAINED, act).map(Connection::id)));
            assertThat(winners(outcomes)).isEqualTo(1);
            boolean finished = sessions().session(ready.id()).orElseThrow().state() == State.FINISHED;
            assertThat(store().connections().connection(ready.connection()).isPresent())
                    .isEqualTo(finished);
        }
    }
}
