package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.LogoutStore;
import dev.gatehouse.core.store.LogoutStore.Client;
import dev.gatehouse.core.store.LogoutStore.Notice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Who is told of logins that have ended: written with the end, delivered at least once (OpenID Connect
/// Back-Channel Logout 1.0).
public abstract class LogoutContract extends LogoutFixture {
    private static final int ROUNDS = 10;

    private List<Client> told() {
        return taken(Nouns.NOW).stream().map(Notice::client).toList();
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

    @Test
    void aNoticeIsDueAgainUntilItIsDelivered() {
        Somebody alice = somebody("alice");
        Client client = signedIn(alice, listener("app"), alice.login());
        done(sessions().end(alice.login(), act));
        Notice first = taken(Nouns.NOW).getFirst();
        assertThat(first).isEqualTo(new Notice(client, 1, 0, Nouns.NOW));
        Instant lost = Nouns.NOW.plus(LogoutStore.LEASE);
        assertThat(taken(lost.minusSeconds(1))).isEmpty();
        Notice second = taken(lost).getFirst();
        assertThat(second.attempt()).isEqualTo(2);
        logouts().delivered(first);
        assertThat(done(logouts().giveUp(second, "no", act)).attempt()).isEqualTo(2);
        assertThat(logouts().giveUp(second, "no", act)).isInstanceOf(Stored.Missing.class);
    }

    @Test
    void whatFailedIsTriedAgainWhenItIsSaid() {
        Somebody alice = somebody("alice");
        signedIn(alice, listener("app"), alice.login());
        done(sessions().end(alice.login(), act));
        Notice first = taken(Nouns.NOW).getFirst();
        Instant later = Nouns.NOW.plusSeconds(10);
        logouts().again(first.tried(), later);
        assertThat(taken(later.minusSeconds(1))).isEmpty();
        Notice second = taken(later).getFirst();
        assertThat(second.tries()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.since()).isEqualTo(Nouns.NOW);
        logouts().again(first, Nouns.NOW);
        assertThat(taken(later)).as("said of an earlier attempt").isEmpty();
        logouts().delivered(second);
        assertThat(taken(later.plusSeconds(1000))).isEmpty();
    }

    @Test
    void whatIsGivenUpIsInTheTrail() {
        Somebody alice = somebody("alice");
        Client client = signedIn(alice, listener("app"), alice.login());
        done(sessions().end(alice.login(), act));
        Notice notice = taken(Nouns.NOW).getFirst();
        int rows = trail().size();
        done(logouts().giveUp(notice, "5xx", act));
        audited(rows, "logout.undelivered", client.application());
        assertThat(trail().getFirst().detail())
                .contains("5xx", alice.user().id().text());
        assertThat(taken(Nouns.NOW.plusSeconds(1000))).isEmpty();
    }

    @Test
    void ofManyThatTakeAtOnceOneHasEachNotice() {
        Application app = listener("app");
        for (int round = 0; round < ROUNDS; round++) {
            List<Client> ended = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Somebody who = somebody("user " + round + " " + i);
                ended.add(signedIn(who, app, who.login()));
                done(sessions().end(who.login(), act));
            }
            List<List<Notice>> taken =
                    Race.race(Race.callers(_ -> () -> logouts().take(2, 2, Nouns.NOW)));
            List<Notice> rest = taken(Nouns.NOW);
            List<Client> all = new ArrayList<>(rest.stream().map(Notice::client).toList());
            taken.forEach(some -> some.forEach(one -> all.add(one.client())));
            assertThat(all).containsExactlyInAnyOrderElementsOf(ended);
        }
    }
}
