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
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.core.token.Grant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients that are told when a person has answered (OpenID Connect CIBA Core section 10.2).
public abstract class PingContract extends GrantFixture implements OutboxInTurnContract<Ping> {
    private static final Scopes SCOPES = Scopes.of("gatehouse:orders");
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(600);
    private static final Encrypted SAID = Encrypted.of("sealed".getBytes(StandardCharsets.US_ASCII));

    private final Map<String, Application> applications = new HashMap<>();
    private Somebody alice;

    @BeforeEach
    final void somebody() {
        alice = somebody("alice");
    }

    @Override
    public final OutboxStore<Ping> outbox() {
        return store().pings();
    }

    @Override
    public final StoreContract contract() {
        return this;
    }

    @Override
    public final Ping happensTo(String clientId, String name) {
        Application app = applications.computeIfAbsent(clientId, this::application);
        Waiting request = sent(app, Optional.of(SAID));
        done(allowed(app, request));
        return new Ping(request.code(), app.id(), SAID);
    }

    @Override
    public final void givenUp(int before, Ping ping, int tries) {
        audited(before, "request.undelivered", ping.application());
        assertThat(trail().getFirst().detail()).isEqualTo("{\"why\":\"5xx\",\"attempts\":\"" + tries + "\"}");
    }

    private List<Taken<Ping>> due(Instant now) {
        return outbox().take(100, now);
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
        assertThat(due(Nouns.NOW)).containsExactly(new Taken<>(new Ping(yes.code(), app.id(), SAID), 1, 0, Nouns.NOW));
        assertThat(polled(yes, Nouns.NOW)).as("whoever is told may ask at once").isEqualTo(Polled.ALLOWED);
        assertThat(due(Nouns.NOW)).as("one has it").isEmpty();
        done(store().devices().deny(no, act));
        assertThat(due(Nouns.NOW)).extracting(one -> one.notice().request()).containsExactly(no.code());
        assertThat(due(Nouns.NOW.plus(outbox().lease())))
                .as("whoever died with it")
                .extracting(Taken::attempt)
                .containsExactly(2L, 2L);
    }
}
