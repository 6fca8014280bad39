package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Asked;
import dev.gatehouse.core.store.DeviceStore.Polled;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.PingStore;
import dev.gatehouse.core.store.PingStore.Due;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that are told when a person has answered (OpenID Connect CIBA Core section 10.2).
public abstract class PingContract extends GrantFixture {
    private static final int ROUNDS = 10;
    private static final Scopes SCOPES = Scopes.of("gatehouse:orders");
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(600);
    private static final Encrypted SAID = Encrypted.of("sealed".getBytes(StandardCharsets.US_ASCII));

    private Somebody alice;

    @BeforeEach
    final void somebody() {
        alice = somebody("alice");
    }

    private PingStore pings() {
        return store().pings();
    }

    private List<Due> due(Instant now) {
        return pings().take(100, 100, now);
    }

    private Id api() {
        return installed.admin().id();
    }

    private Waiting sent(Application app, Optional<Encrypted> said) {
        Waiting request = new Waiting(
                digest(),
                digest(),
                api(),
                app.id(),
                Optional.of(SCOPES),
                UNTIL,
                Optional.of(new DeviceStore.Addressed(alice.user().id(), Optional.empty(), said)));
        assertThat(store().devices().ask(request, Nouns.NOW)).isEqualTo(Asked.KEPT);
        return request;
    }

    private Stored<Grant> allowed(Application app, Waiting request) {
        Grant grant = grant(alice, app, SCOPES);
        Grant unbound = new Grant(
                grant.claims(),
                grant.user(),
                grant.session(),
                grant.authenticated(),
                grant.methods(),
                new Grant.Binding(Optional.empty(), Optional.empty()),
                Optional.empty());
        return grants().openForDevice(unbound, request.code(), request.until(), act);
    }

    private Polled polled(Waiting request, Instant now) {
        return store().devices().poll(List.of(request.code()), api(), request.application(), now);
    }

    @Test
    void nobodyIsToldBeforeThePersonAnswers() {
        Application app = application("app");
        Waiting yes = sent(app, Optional.of(SAID));
        Waiting no = sent(app, Optional.of(SAID));
        sent(app, Optional.empty());
        assertThat(due(UNTIL)).isEmpty();
        assertThat(polled(yes, Nouns.NOW)).isEqualTo(Polled.PENDING);
        done(allowed(app, yes));
        assertThat(due(Nouns.NOW)).containsExactly(new Due(yes.code(), app.id(), SAID, Nouns.NOW, 1, 0));
        assertThat(polled(yes, Nouns.NOW)).as("whoever is told may ask at once").isEqualTo(Polled.ALLOWED);
        assertThat(due(Nouns.NOW)).as("one has it").isEmpty();
        done(store().devices().deny(no, act));
        assertThat(due(Nouns.NOW)).extracting(Due::request).containsExactly(no.code());
        assertThat(due(Nouns.NOW.plus(PingStore.LEASE)))
                .as("whoever died with it")
                .extracting(Due::attempt)
                .containsExactly(2L, 2L);
    }

    @Test
    void whatIsSaidOfAnEarlierAttemptChangesNothing() {
        Application app = application("app");
        Waiting request = sent(app, Optional.of(SAID));
        done(allowed(app, request));
        Due first = due(Nouns.NOW).getFirst();
        Due second = due(Nouns.NOW.plus(PingStore.LEASE)).getFirst();
        pings().delivered(first);
        assertThat(pings().giveUp(first, "x", act)).isInstanceOf(Stored.Missing.class);
        Instant later = Nouns.NOW.plusSeconds(100);
        pings().again(second.tried(), later);
        assertThat(due(later.minusSeconds(1))).isEmpty();
        Due third = due(later).getFirst();
        assertThat(third.tries()).isEqualTo(1);
        int rows = trail().size();
        done(pings().giveUp(third, "410", act));
        audited(rows, "request.undelivered", app.id());
        assertThat(due(UNTIL)).isEmpty();
    }

    @Test
    void aFewOfOneApplicationAreTakenAtOnce() {
        Application app = application("app");
        for (int i = 0; i < 3; i++) {
            done(allowed(app, sent(app, Optional.of(SAID))));
        }
        Application other = application("other");
        done(allowed(other, sent(other, Optional.of(SAID))));
        assertThat(pings().take(100, 2, Nouns.NOW))
                .extracting(Due::application)
                .containsExactlyInAnyOrder(app.id(), app.id(), other.id());
        assertThat(pings().take(100, 2, Nouns.NOW)).hasSize(1);
    }

    /// GAUNTLET R2: of many nodes one tells.
    @Test
    void ofManyThatTakeItOneHasIt() {
        Application app = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Waiting request = sent(app, Optional.of(SAID));
            done(allowed(app, request));
            List<List<Due>> taken = Race.race(Race.callers(_ -> () -> pings().take(100, 100, Nouns.NOW)));
            List<Due> all = taken.stream().flatMap(List::stream).toList();
            assertThat(all).extracting(Due::request).containsExactly(request.code());
            pings().delivered(all.getFirst());
        }
    }
}
