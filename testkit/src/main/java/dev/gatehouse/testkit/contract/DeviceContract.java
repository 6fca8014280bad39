package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Asked;
import dev.gatehouse.core.store.DeviceStore.Polled;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Devices that wait for a person to say yes to them elsewhere (RFC 8628).
public abstract class DeviceContract extends GrantFixture {
    private static final int ROUNDS = 10;
    private static final int ROOM = 3;

    private final DeviceAsks asks = new DeviceAsks(this);

    @Test
    void aDeviceIsFoundByWhatIsTypedUntilItsTimeIsOver() {
        Application app = application("app");
        Waiting some = asks.device(app);
        Waiting all = asks.device(app, Optional.empty());
        for (Waiting device : List.of(some, all)) {
            assertThat(asks.devices()
                            .waiting(List.of(digest(), device.typed()), asks.api(), DeviceAsks.UNTIL.minusSeconds(1)))
                    .contains(device);
            assertThat(asks.devices().waiting(List.of(device.typed()), asks.api(), DeviceAsks.UNTIL))
                    .isEmpty();
        }
        assertThat(asks.devices().waiting(List.of(some.code()), asks.api(), Nouns.NOW))
                .as("what the device shows")
                .isEmpty();
        assertThat(asks.devices().waiting(List.of(some.typed()), nouns.id(Kind.API), Nouns.NOW))
                .as("another Api's")
                .isEmpty();
    }

    @Test
    void whatIsTypedIsOneDevices() {
        Application app = application("app");
        Waiting first = asks.device(app);
        Waiting second = new Waiting(digest(), first.typed(), asks.api(), app.id(), Optional.empty(), DeviceAsks.UNTIL);
        assertThat(asks.devices().ask(second, Nouns.NOW)).isEqualTo(Asked.TAKEN);
        assertThat(asks.devices().ask(second, DeviceAsks.UNTIL.plus(DeviceStore.KEPT)))
                .as("once the first is forgotten")
                .isEqualTo(Asked.KEPT);
    }

    /// Section 3.5.
    @Test
    void whoeverAsksTooSoonWaitsLongerFromThenOn() {
        Waiting device = asks.device(application("app"));
        Instant now = Nouns.NOW;
        assertThat(asks.polled(device, now)).isEqualTo(Polled.PENDING);
        assertThat(asks.polled(device, now.plusSeconds(5))).isEqualTo(Polled.PENDING);
        assertThat(asks.polled(device, now.plusSeconds(9))).isEqualTo(Polled.HASTY);
        assertThat(asks.polled(device, now.plusSeconds(15))).isEqualTo(Polled.HASTY);
        assertThat(asks.polled(device, now.plusSeconds(30))).isEqualTo(Polled.PENDING);
        assertThat(asks.polled(device, DeviceAsks.UNTIL)).isEqualTo(Polled.OVER);
    }

    @Test
    void nobodyElsesDeviceIsThere() {
        Waiting device = asks.device(application("app"));
        Application other = application("other");
        assertThat(asks.devices().poll(List.of(device.code()), asks.api(), other.id(), Nouns.NOW))
                .isEqualTo(Polled.NONE);
        assertThat(asks.devices().poll(List.of(device.code()), nouns.id(Kind.API), device.application(), Nouns.NOW))
                .isEqualTo(Polled.NONE);
        assertThat(asks.devices().poll(List.of(device.typed()), asks.api(), device.application(), Nouns.NOW))
                .isEqualTo(Polled.NONE);
        assertThat(asks.polled(device, Nouns.NOW)).as("which changed nothing").isEqualTo(Polled.PENDING);
    }

    @Test
    void aYesIsAGrantThatTheDeviceRedeemsOnce() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        Waiting device = asks.device(app);
        Grant grant = done(asks.allowed(alice, app, device, Nouns.NOW));
        assertThat(asks.polled(device, Nouns.NOW)).isEqualTo(Polled.ALLOWED);
        assertThat(asks.devices().waiting(List.of(device.typed()), asks.api(), Nouns.NOW))
                .isEmpty();
        assertThat(grants().coded(List.of(device.code()), asks.api(), DeviceAsks.UNTIL.minusSeconds(1)))
                .contains(new GrantStore.Coded(grant, true));
        assertThat(grants().consented(alice.user().id(), app.id(), asks.api())).isEqualTo(DeviceAsks.SCOPES);
        GrantStore.Redemption redemption = new GrantStore.Redemption(
                asks.api(),
                app.id(),
                new Grant.Binding(Optional.empty(), Optional.of("x")),
                true,
                DeviceAsks.UNTIL,
                DeviceAsks.UNTIL);
        assertThat(done(grants().redeem(List.of(device.code()), redemption, act)))
                .as("which is bound to nothing that a code is")
                .isInstanceOf(GrantStore.Redeemed.Wrong.class);
    }

    @Test
    void anAnswerIsGivenOnce() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        Waiting yes = asks.device(app);
        done(asks.allowed(alice, app, yes, Nouns.NOW));
        assertThat(asks.allowed(alice, app, yes, Nouns.NOW)).isInstanceOf(Stored.Moved.class);
        assertThat(asks.devices().deny(yes, act)).isInstanceOf(Stored.Moved.class);
        Waiting no = asks.device(app);
        int rows = trail().size();
        done(asks.devices().deny(no, act));
        audited(rows, "device.deny", app.id());
        assertThat(asks.devices().deny(no, act)).isInstanceOf(Stored.Moved.class);
        assertThat(asks.allowed(alice, app, no, Nouns.NOW)).isInstanceOf(Stored.Moved.class);
        assertThat(asks.polled(no, Nouns.NOW)).isEqualTo(Polled.DENIED);
        Waiting late = asks.device(app);
        assertThat(asks.allowed(alice, app, late, DeviceAsks.UNTIL)).isInstanceOf(Stored.Moved.class);
        assertThat(asks.devices().deny(late, at(DeviceAsks.UNTIL))).isInstanceOf(Stored.Moved.class);
    }

    @Test
    void anApplicationHasRoomForSoMany() {
        Application app = application("app");
        for (int i = 0; i < DeviceStore.MAX_WAITING; i++) {
            asks.device(app);
        }
        Waiting more = new Waiting(digest(), digest(), asks.api(), app.id(), Optional.empty(), DeviceAsks.UNTIL);
        assertThat(asks.devices().ask(more, Nouns.NOW)).isEqualTo(Asked.FULL);
        assertThat(asks.devices().ask(more, DeviceAsks.UNTIL)).isEqualTo(Asked.KEPT);
        asks.device(application("other"));
    }

    /// GAUNTLET R2: of many at once as many are kept as there is room for.
    @Test
    void anApplicationHasNoMoreRoomForManyAtOnce() {
        Application app = application("app");
        for (int i = 0; i < DeviceStore.MAX_WAITING - ROOM; i++) {
            asks.device(app);
        }
        for (int round = 0; round < ROUNDS; round++) {
            Instant now = Nouns.NOW.plusSeconds(round);
            List<Asked> asked = Race.race(Race.callers(_ -> () -> asks.devices()
                    .ask(
                            new Waiting(digest(), digest(), asks.api(), app.id(), Optional.empty(), now.plusSeconds(1)),
                            now)));
            assertThat(asked.stream().filter(one -> one == Asked.KEPT)).hasSize(ROOM);
            assertThat(asked.stream().filter(one -> one == Asked.FULL)).hasSize(Race.CALLERS - ROOM);
        }
    }

    @Test
    void whatAnotherHasIsTaken() {
        Application app = application("app");
        Waiting device = asks.device(app);
        Waiting same = new Waiting(digest(), device.typed(), asks.api(), app.id(), Optional.empty(), DeviceAsks.UNTIL);
        assertThat(asks.devices().ask(same, Nouns.NOW)).isEqualTo(Asked.TAKEN);
    }

    /// GAUNTLET B02.
    @Test
    void ofAYesAndANoAtOnceOneCounts() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Waiting device = asks.device(app);
            List<Callable<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(() -> asks.allowed(alice, app, device, Nouns.NOW) instanceof Stored.Done<Grant>);
                answers.add(() -> asks.devices().deny(device, act) instanceof Stored.Done<Waiting>);
            }
            assertThat(Race.race(answers)).containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyQuestionsAtOnceOneIsNotTooSoon() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Waiting device = asks.device(app);
            done(asks.allowed(alice, app, device, Nouns.NOW));
            List<Digest> code = List.of(device.code());
            assertThat(Race.race(Race.callers(_ -> () -> asks.devices().poll(code, asks.api(), app.id(), Nouns.NOW))))
                    .containsOnlyOnce(Polled.ALLOWED);
        }
    }
}
