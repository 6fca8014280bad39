package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.PushedRequestStore;
import dev.gatehouse.core.store.PushedRequestStore.Pushed;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pushed authorization requests: each waits for a while and is answered once (RFC 9126 section 4).
public abstract class PushedRequestContract extends GrantFixture {
    private static final int ROUNDS = 10;
    private static final Scopes SCOPES = Scopes.of("gatehouse:orders");
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(60);
    private static final String PARAMETERS = "client_id=app&state=%C3%A9\u00e9";

    private PushedRequestStore requests() {
        return store().pushedRequests();
    }

    private Id api() {
        return installed.admin().id();
    }

    private Pushed pushed(Application application) {
        Pushed request = new Pushed(digest(), api(), application.id(), PARAMETERS, UNTIL);
        assertThat(requests().push(request, Nouns.NOW)).isTrue();
        return request;
    }

    private Optional<Pushed> waiting(Pushed request, Instant now) {
        return requests().waiting(List.of(digest(), request.digest()), api(), now);
    }

    private Stored<Grant> answered(Grant grant, Digest request, Instant now) {
        return grants().open(grant, digest(), now.plus(CODE), true, Optional.of(request), at(now));
    }

    @Test
    void aRequestIsReadBackAsItWasUntilItsTimeIsOver() {
        Pushed request = pushed(application("app"));
        assertThat(waiting(request, Nouns.NOW)).contains(request);
        assertThat(waiting(request, UNTIL.minusSeconds(1))).contains(request);
        assertThat(waiting(request, UNTIL)).isEmpty();
        assertThat(requests().waiting(List.of(digest()), api(), Nouns.NOW)).isEmpty();
        assertThat(requests().waiting(List.of(request.digest()), nouns.id(Kind.API), Nouns.NOW))
                .as("another Api's")
                .isEmpty();
    }

    @Test
    void itIsAnsweredOnce() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Pushed request = pushed(application);
        done(answered(grant(alice, application, SCOPES), request.digest(), Nouns.NOW));
        assertThat(waiting(request, Nouns.NOW)).isEmpty();
        Grant second = grant(alice, application, SCOPES);
        assertThat(answered(second, request.digest(), Nouns.NOW)).isInstanceOf(Stored.Moved.class);
        assertThat(answered(
                        second,
                        request.digest(),
                        Nouns.NOW.plus(PushedRequestStore.KEPT).minusSeconds(1)))
                .as("for as long as anybody can come with it")
                .isInstanceOf(Stored.Moved.class);
        Digest code = digest();
        done(grants().open(second, code, Nouns.NOW.plus(CODE), true, act));
        assertThat(grants().coded(List.of(code), api(), Nouns.NOW)).isPresent();
    }

    /// The person may take longer to sign in than a browser to come.
    @Test
    void oneWhoseRowIsGoneIsAnsweredOnceToo() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Pushed request = pushed(application);
        Instant late = UNTIL.plusSeconds(600);
        assertThat(requests().push(new Pushed(digest(), api(), application.id(), "", late.plusSeconds(60)), late))
                .as("which sweeps it out")
                .isTrue();
        done(answered(grant(alice, application, SCOPES), request.digest(), late));
        assertThat(answered(grant(alice, application, SCOPES), request.digest(), late))
                .isInstanceOf(Stored.Moved.class);
    }

    /// A person's answer waits for nobody else's: what is over is swept out by pushes alone.
    @Test
    void anAnswerSweepsNothingOut() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Pushed first = pushed(application);
        done(answered(grant(alice, application, SCOPES), first.digest(), Nouns.NOW));
        Instant late = Nouns.NOW.plus(PushedRequestStore.KEPT).plusSeconds(1);
        done(answered(grant(alice, application, SCOPES), digest(), late));
        assertThat(answered(grant(alice, application, SCOPES), first.digest(), late))
                .as("its row is still there")
                .isInstanceOf(Stored.Moved.class);
    }

    @Test
    void whatIsNotGrantedLeavesItAsItWas() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Pushed request = pushed(application);
        assertThat(grants().open(
                                grant(alice, application, SCOPES),
                                digest(),
                                Nouns.NOW.plus(CODE),
                                false,
                                Optional.of(request.digest()),
                                act))
                .isInstanceOf(Stored.Conflict.class);
        assertThat(waiting(request, Nouns.NOW)).contains(request);
        done(answered(grant(alice, application, SCOPES), request.digest(), Nouns.NOW));
    }

    /// GAUNTLET B07.
    @Test
    void ofManyAnswersAtOnceOneIsFirst() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Pushed request = pushed(application);
            List<Boolean> first = Race.race(Race.callers(_ -> {
                Grant grant = grant(alice, application, SCOPES);
                return () -> answered(grant, request.digest(), Nouns.NOW) instanceof Stored.Done<Grant>;
            }));
            assertThat(first).containsOnlyOnce(true);
        }
    }
}
