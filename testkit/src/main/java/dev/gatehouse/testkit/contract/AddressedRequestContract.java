package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Asked;
import dev.gatehouse.core.store.DeviceStore.Polled;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Requests that an application sends to a person whom it names (OpenID Connect CIBA Core).
public abstract class AddressedRequestContract extends GrantFixture {
    private static final int ROUNDS = 10;

    private final DeviceAsks asks = new DeviceAsks(this);

    /// OpenID Connect CIBA Core section 7: what is sent to a person is that person's, and nobody types it.
    @Test
    void whatIsSentToAPersonIsListedForThatPersonAlone() {
        Application app = application("app");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Waiting plain = asks.device(app);
        Waiting first = asks.sent(app, alice, Optional.of("4711"), DeviceAsks.UNTIL.minusSeconds(1));
        Waiting second = asks.sent(app, alice, Optional.empty(), DeviceAsks.UNTIL);
        Waiting other = asks.sent(app, bob, Optional.empty(), DeviceAsks.UNTIL);
        assertThat(asks.devices().addressed(alice.user().id(), asks.api(), Nouns.NOW))
                .containsExactly(first, second);
        assertThat(asks.devices().addressed(bob.user().id(), asks.api(), Nouns.NOW))
                .containsExactly(other);
        assertThat(asks.devices().addressed(alice.user().id(), nouns.id(Kind.API), Nouns.NOW))
                .isEmpty();
        assertThat(asks.devices().addressed(alice.user().id(), asks.api(), DeviceAsks.UNTIL.minusSeconds(1)))
                .containsExactly(second);
        assertThat(asks.devices().waiting(List.of(first.typed()), asks.api(), Nouns.NOW))
                .isEmpty();
        assertThat(asks.polled(first, Nouns.NOW)).isEqualTo(Polled.PENDING);
        done(asks.allowed(alice, app, first, Nouns.NOW));
        done(asks.devices().deny(second, at(Nouns.NOW)));
        assertThat(asks.devices().addressed(alice.user().id(), asks.api(), Nouns.NOW))
                .isEmpty();
        assertThat(asks.polled(first, Nouns.NOW.plusSeconds(5))).isEqualTo(Polled.ALLOWED);
        assertThat(asks.polled(second, Nouns.NOW)).isEqualTo(Polled.DENIED);
        assertThat(asks.polled(plain, Nouns.NOW)).isEqualTo(Polled.PENDING);
    }

    /// No application fills somebody's page.
    @Test
    void aFewOfOneApplicationWaitForOnePerson() {
        Application app = application("app");
        Somebody alice = somebody("alice");
        for (int i = 0; i < DeviceStore.MAX_ADDRESSED; i++) {
            asks.sent(app, alice, Optional.empty(), DeviceAsks.UNTIL);
        }
        Waiting more = asks.to(app, alice, Optional.empty(), DeviceAsks.UNTIL);
        assertThat(asks.devices().ask(more, Nouns.NOW)).isEqualTo(Asked.FULL);
        asks.sent(app, somebody("bob"), Optional.empty(), DeviceAsks.UNTIL);
        asks.sent(application("other"), alice, Optional.empty(), DeviceAsks.UNTIL);
        asks.device(app);
    }

    /// Nor do many applications, nor many requests at once (GAUNTLET R2).
    @Test
    void aFewWaitForOnePersonHoweverTheyAreSent() {
        for (int round = 0; round < ROUNDS; round++) {
            Somebody who = somebody("racer" + round);
            Application app = application("app" + round);
            List<Asked> asked = Race.race(Race.callers(_ ->
                    () -> asks.devices().ask(asks.to(app, who, Optional.empty(), DeviceAsks.UNTIL), Nouns.NOW)));
            assertThat(asked.stream().filter(one -> one == Asked.KEPT))
                    .hasSize(Math.min(Race.CALLERS, DeviceStore.MAX_ADDRESSED));
        }
        Somebody alice = somebody("alice");
        for (int i = 0; i < DeviceStore.LISTED / DeviceStore.MAX_ADDRESSED; i++) {
            Application app = application("many" + i);
            for (int j = 0; j < DeviceStore.MAX_ADDRESSED; j++) {
                asks.sent(app, alice, Optional.empty(), DeviceAsks.UNTIL);
            }
        }
        Waiting more = asks.to(application("more"), alice, Optional.empty(), DeviceAsks.UNTIL);
        assertThat(asks.devices().ask(more, Nouns.NOW)).isEqualTo(Asked.FULL);
        assertThat(asks.devices().ask(more, DeviceAsks.UNTIL)).isEqualTo(Asked.KEPT);
    }
}
