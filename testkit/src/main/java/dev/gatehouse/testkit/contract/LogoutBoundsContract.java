package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.core.token.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// What is kept of who is told is bounded; nobody is forgotten for that who
/// should not be.
public abstract class LogoutBoundsContract extends LogoutFixture {
    /// The newest is what still has a session.
    @Test
    void ofTooManyApplicationsTheOldestAreForgotten() {
        Somebody alice = somebody("alice");
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i <= LogoutStore.MAX_CLIENTS; i++) {
            Act at = at(Nouns.NOW.plusSeconds(i));
            Application app = listener("app" + i);
            done(grants().open(grant(alice, app, SIGN_IN), digest(), Nouns.NOW.plusSeconds(600), true, at));
            clients.add(
                    new Client(app.id(), installed.admin().id(), alice.user().id(), alice.login()));
        }
        assertThat(logouts().clients(alice.login()))
                .containsExactlyInAnyOrderElementsOf(clients.subList(1, clients.size()));
    }

    /// Whoever proves more and more at one application takes no room from the others.
    @Test
    void whoSignsInAgainAndAgainForgetsItsOwnFirst() {
        Somebody alice = somebody("alice");
        Client other = signedIn(alice, listener("other"), alice.login());
        Application app = listener("app");
        Id login = alice.login();
        Client last = other;
        for (int i = 0; i < LogoutStore.MAX_CLIENTS + 2; i++) {
            Id next = login(alice);
            done(sessions().follow(login, next, act));
            login = next;
            last = signedIn(alice, app, login);
        }
        assertThat(logouts().clients(login)).hasSize(LogoutStore.MAX_CLIENTS).contains(other, last);
    }

    @Test
    void allLoginsOfAPersonTellSoManyApplications() {
        Somebody alice = somebody("alice");
        List<Application> apps = new ArrayList<>();
        for (int i = 0; i < LogoutStore.MAX_CLIENTS; i++) {
            apps.add(listener("app" + i));
        }
        int logins = LogoutStore.MAX_CLIENTS_OF_USER / LogoutStore.MAX_CLIENTS + 1;
        for (int i = 0; i < logins; i++) {
            Id login = login(alice);
            for (Application app : apps) {
                opened(grant(alice, app, SIGN_IN, login));
            }
        }
        done(sessions().endAll(alice.user().id(), act));
        assertThat(taken(Nouns.NOW)).hasSize(LogoutStore.MAX_CLIENTS_OF_USER);
    }

    /// Rows of logins that nobody used for long go before the sessions of applications do.
    @Test
    void alsoALoginThatIsForgottenIsTold() {
        List<BiConsumer<Somebody, Act>> ends = List.of(
                (who, at) -> done(sessions().endAll(who.user().id(), at)),
                (who, at) -> done(sessions().endEverything(who.user().id(), at)),
                (who, at) -> done(store().members().cut(who.user().id(), at)),
                (who, at) -> done(store().members().cut(who.membership().id(), at)),
                (who, at) -> done(store().members().cut(who.password().id(), at)));
        Application app = listener("app");
        List<Somebody> people = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            people.add(somebody("user" + i));
            clients.add(signedIn(people.get(i), app, idle(people.get(i))));
        }
        Act later = at(Nouns.NOW.plusSeconds(7200));
        done(sessions().open(session(somebody("other"), WHOLE), digest(), SessionStore.Rule.MANY, later));
        for (int i = 0; i < ends.size(); i++) {
            assertThat(sessions().session(clients.get(i).login())).isEmpty();
            ends.get(i).accept(people.get(i), later);
            assertThat(taken(later.at()).stream().map(Taken::notice))
                    .as("way " + i)
                    .containsExactly(clients.get(i));
        }
    }

    private Id idle(Somebody who) {
        Session session = session(who, Duration.ofMinutes(30));
        return done(sessions().open(session, digest(), SessionStore.Rule.MANY, act))
                .id();
    }

    @Test
    void ofTooManyThatWaitForOneApplicationTheOldestAreTooMany() {
        Application busy = listener("busy");
        List<Client> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Somebody who = somebody("user" + i);
            ended.add(signedIn(who, busy, who.login()));
            done(sessions().end(who.login(), at(Nouns.NOW.plusSeconds(i))));
        }
        assertThat(logouts().crowding(4, 10)).isEmpty();
        assertThat(logouts().crowding(1, 10).stream().map(Taken::notice))
                .containsExactlyElementsOf(ended.subList(0, 3));
        assertThat(logouts().crowding(1, 2)).hasSize(2);
    }
}
