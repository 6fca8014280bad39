package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.core.token.Grant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Who is told of logins that have ended: written with the end, delivered at least once (OpenID Connect
/// Back-Channel Logout 1.0).
public abstract class LogoutContract extends LogoutFixture implements OutboxInTurnContract<Client> {
    private final Map<String, Application> applications = new HashMap<>();

    @Override
    public final OutboxStore<Client> outbox() {
        return logouts().notices();
    }

    @Override
    public final StoreContract contract() {
        return this;
    }

    @Override
    public final Client happensTo(String clientId, String name) {
        Somebody who = somebody(name);
        Client client = signedIn(who, applications.computeIfAbsent(clientId, this::listener), who.login());
        done(sessions().end(who.login(), act));
        return client;
    }

    @Override
    public final void givenUp(int before, Client client, int tries) {
        audited(before, "logout.undelivered", client.application());
        assertThat(trail().getFirst().detail())
                .contains(
                        client.user().text(),
                        client.login().text(),
                        "\"why\":\"5xx\"",
                        "\"attempts\":\"" + tries + "\"");
    }

    private List<Client> told() {
        return taken(Nouns.NOW).stream().map(Taken::notice).toList();
    }

    @Test
    void termsAreReadBackAsTheyWere() {
        Application app = listener("app");
        assertThat(store().members().application(app.id())).contains(app);
        assertThat(app.terms().logout().frontChannel().orElseThrow().text())
                .isEqualTo("https://app.example.com/front?a=b");
    }

    @Test
    void whoSignedAPersonInHearsOfTheEndOnce() {
        Somebody alice = somebody("alice");
        Application app = listener("app");
        Client client = signedIn(alice, app, alice.login());
        assertThat(signedIn(alice, app, alice.login())).isEqualTo(client);
        opened(grant(alice, application("deaf"), SIGN_IN));
        opened(grant(alice, listener("no login"), PLAIN));
        assertThat(logouts().clients(alice.login())).hasSize(2).contains(client);
        assertThat(told()).isEmpty();
        done(sessions().end(alice.login(), act));
        assertThat(taken(Nouns.NOW.minusSeconds(1))).isEmpty();
        assertThat(told()).containsExactly(client);
        assertThat(logouts().clients(alice.login())).isEmpty();
        done(sessions().end(alice.login(), act));
        assertThat(told()).isEmpty();
    }

    @Test
    void everyWayToEndALoginIsTold() {
        List<Consumer<Somebody>> ends = List.of(
                who -> done(sessions().endAll(who.user().id(), act)),
                who -> done(sessions().endEverything(who.user().id(), act)),
                who -> done(store().members().hold(who.user().id(), Hold.OWNER, act)),
                who -> done(store().members().cut(who.user().id(), act)),
                who -> done(store().members().revoke(who.user().id(), act)),
                who -> done(store().members().hold(who.membership().id(), Hold.PROVIDER, act)),
                who -> done(store().members().revoke(who.membership().id(), act)),
                who -> done(store().members().cut(who.password().id(), act)),
                who -> done(store().users().setPassword(nouns.password(who.user()), act)));
        Application app = listener("app");
        for (int i = 0; i < ends.size(); i++) {
            Somebody who = somebody("user" + i);
            Somebody other = somebody("other" + i);
            Client client = signedIn(who, app, who.login());
            signedIn(other, app, other.login());
            ends.get(i).accept(who);
            assertThat(told()).as("way " + i).containsExactly(client);
        }
    }

    @Test
    void whatChangesNothingTellsNobody() {
        Somebody alice = somebody("alice");
        signedIn(alice, listener("app"), alice.login());
        done(store().members().hold(alice.user().id(), Hold.OWNER, act));
        assertThat(told()).hasSize(1);
        done(store().members().hold(alice.user().id(), Hold.OWNER, act));
        done(store().members().lift(alice.user().id(), Hold.OWNER, act));
        assertThat(told()).isEmpty();
    }

    /// Whoever signs in again goes on with what was open; applications know the login by its first id.
    @Test
    void aLoginThatIsFollowedIsToldWithTheOneThatFollows() {
        Somebody alice = somebody("alice");
        Client first = signedIn(alice, listener("first"), alice.login());
        Id again = login(alice);
        done(sessions().follow(alice.login(), again, act));
        Client second = signedIn(alice, listener("second"), again);
        assertThat(told()).isEmpty();
        assertThat(logouts().clients(again)).containsExactlyInAnyOrder(first, second);
        done(sessions().end(again, act));
        assertThat(told()).containsExactlyInAnyOrder(first, second);
        Somebody bob = somebody("bob");
        Client of = signedIn(bob, listener("third"), bob.login());
        done(sessions().follow(bob.login(), login(alice), act));
        assertThat(told()).as("followed by somebody else").containsExactly(of);
    }

    /// What an application is told of the end is what it was told of the login.
    @Test
    void aGrantGoesOnByTheLoginThatItsApplicationKnows() {
        Somebody alice = somebody("alice");
        Grant grant = grant(alice, listener("app"), SIGN_IN);
        Digest code = opened(grant);
        Id again = login(alice);
        done(sessions().follow(alice.login(), again, act));
        Id third = login(alice);
        done(sessions().follow(again, third, act));
        Grant found = grants().coded(List.of(code), grant.claims().api(), Nouns.NOW)
                .orElseThrow()
                .grant();
        assertThat(found.session()).isEqualTo(third);
        assertThat(found.known()).isEqualTo(alice.login());
    }
}
