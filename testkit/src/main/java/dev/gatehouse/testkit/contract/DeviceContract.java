package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
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
    private static final Scopes SCOPES = Scopes.of("gatehouse:orders");
    private static final Instant UNTIL = Nouns.NOW.plusSeconds(600);

    private DeviceStore devices() {
        return store().devices();
    }

    private Id api() {
        return installed.admin().id();
    }

    private Waiting device(Application application, Optional<Scopes> scopes) {
        Waiting device = new Waiting(digest(), digest(), api(), application.id(), scopes, UNTIL);
        assertThat(devices().ask(device, Nouns.NOW)).isEqualTo(Asked.KEPT);
        return device;
    }

    private Waiting device(Application application) {
        return device(application, Optional.of(SCOPES));
    }

    private Polled polled(Waiting device, Instant now) {
        return devices().poll(List.of(digest(), device.code()), api(), device.application(), now);
    }

    private Stored<Grant> allowed(Somebody who, Application application, Waiting device, Instant now) {
        Grant grant = grant(who, application, SCOPES);
        Grant unbound = new Grant(
                grant.claims(),
                grant.user(),
                grant.session(),
                grant.authenticated(),
                grant.methods(),
                new Grant.Binding(Optional.empty(), Optional.empty()),
                Optional.empty());
        return grants().openForDevice(unbound, device.code(), device.until(), at(now));
    }

    @Test
    void aDeviceIsFoundByWhatIsTypedUntilItsTimeIsOver() {
        Application app = application("app");
        Waiting some = device(app);
        Waiting all = device(app, Optional.empty());
        for (Waiting device : List.of(some, all)) {
            assertThat(devices().waiting(List.of(digest(), device.typed()), api(), UNTIL.minusSeconds(1)))
                    .contains(device);
            assertThat(devices().waiting(List.of(device.typed()), api(), UNTIL)).isEmpty();
        }
        assertThat(devices().waiting(List.of(some.code()), api(), Nouns.NOW))
                .as("what the device shows")
                .isEmpty();
        assertThat(devices().waiting(List.of(some.typed()), nouns.id(Kind.API), Nouns.NOW))
                .as("another Api's")
                .isEmpty();
    }

    @Test
    void whatIsTypedIsOneDevices() {
        Application app = application("app");
        Waiting first = device(app);
        Waiting second = new Waiting(digest(), first.typed(), api(), app.id(), Optional.empty(), UNTIL);
        assertThat(devices().ask(second, Nouns.NOW)).isEqualTo(Asked.TAKEN);
        assertThat(devices().ask(second, UNTIL.plus(DeviceStore.KEPT)))
                .as("once the first is forgotten")
                .isEqualTo(Asked.KEPT);
    }

    /// OpenID Connect CIBA Core section 7: what is sent to a person is that person's, and nobody types it.
    @Test
    void whatIsSentToAPersonIsListedForThatPersonAlone() {
        Application app = application("app");
        Somebody alice = somebody("alice");
        Somebody bob = somebody("bob");
        Waiting plain = device(app);
        Waiting first = sent(app, alice, Optional.of("4711"), UNTIL.minusSeconds(1));
        Waiting second = sent(app, alice, Optional.empty(), UNTIL);
        Waiting other = sent(app, bob, Optional.empty(), UNTIL);
        assertThat(devices().addressed(alice.user().id(), api(), Nouns.NOW)).containsExactly(first, second);
        assertThat(devices().addressed(bob.user().id(), api(), Nouns.NOW)).containsExactly(other);
        assertThat(devices().addressed(alice.user().id(), nouns.id(Kind.API), Nouns.NOW))
                .isEmpty();
        assertThat(devices().addressed(alice.user().id(), api(), UNTIL.minusSeconds(1)))
                .containsExactly(second);
        assertThat(devices().waiting(List.of(first.typed()), api(), Nouns.NOW)).isEmpty();
        assertThat(polled(first, Nouns.NOW)).isEqualTo(Polled.PENDING);
        done(allowed(alice, app, first, Nouns.NOW));
        done(devices().deny(second, at(Nouns.NOW)));
        assertThat(devices().addressed(alice.user().id(), api(), Nouns.NOW)).isEmpty();
        assertThat(polled(first, Nouns.NOW.plusSeconds(5))).isEqualTo(Polled.ALLOWED);
        assertThat(polled(second, Nouns.NOW)).isEqualTo(Polled.DENIED);
        assertThat(polled(plain, Nouns.NOW)).isEqualTo(Polled.PENDING);
    }

    /// No application fills somebody's page.
    @Test
    void aFewOfOneApplicationWaitForOnePerson() {
        Application app = application("app");
        Somebody alice = somebody("alice");
        for (int i = 0; i < DeviceStore.MAX_ADDRESSED; i++) {
            sent(app, alice, Optional.empty(), UNTIL);
        }
        Waiting more = new Waiting(
                digest(),
                digest(),
                api(),
                app.id(),
                Optional.of(SCOPES),
                UNTIL,
                Optional.of(new DeviceStore.Addressed(alice.user().id(), Optional.empty())));
        assertThat(devices().ask(more, Nouns.NOW)).isEqualTo(Asked.FULL);
        sent(app, somebody("bob"), Optional.empty(), UNTIL);
        sent(application("other"), alice, Optional.empty(), UNTIL);
        device(app);
    }

    /// Nor do many applications, nor many requests at once (GAUNTLET R2).
    @Test
    void aFewWaitForOnePersonHoweverTheyAreSent() {
        for (int round = 0; round < ROUNDS; round++) {
            Somebody who = somebody("racer" + round);
            Application app = application("app" + round);
            Optional<DeviceStore.Addressed> to =
                    Optional.of(new DeviceStore.Addressed(who.user().id(), Optional.empty()));
            List<Asked> asked = Race.race(Race.callers(_ -> () -> devices()
                    .ask(new Waiting(digest(), digest(), api(), app.id(), Optional.of(SCOPES), UNTIL, to), Nouns.NOW)));
            assertThat(asked.stream().filter(one -> one == Asked.KEPT))
                    .hasSize(Math.min(Race.CALLERS, DeviceStore.MAX_ADDRESSED));
        }
        Somebody alice = somebody("alice");
        for (int i = 0; i < DeviceStore.LISTED / DeviceStore.MAX_ADDRESSED; i++) {
            Application app = application("many" + i);
            for (int j = 0; j < DeviceStore.MAX_ADDRESSED; j++) {
                sent(app, alice, Optional.empty(), UNTIL);
            }
        }
        Waiting more = new Waiting(
                digest(),
                digest(),
                api(),
                application("more").id(),
                Optional.of(SCOPES),
                UNTIL,
                Optional.of(new DeviceStore.Addressed(alice.user().id(), Optional.empty())));
        assertThat(devices().ask(more, Nouns.NOW)).isEqualTo(Asked.FULL);
        assertThat(devices().ask(more, UNTIL)).isEqualTo(Asked.KEPT);
    }

    private Waiting sent(Application app, Somebody who, Optional<String> message, Instant until) {
        Waiting request = new Waiting(
                digest(),
                digest(),
                api(),
                app.id(),
                Optional.of(SCOPES),
                until,
                Optional.of(new DeviceStore.Addressed(who.user().id(), message)));
        assertThat(devices().ask(request, Nouns.NOW)).isEqualTo(Asked.KEPT);
        return request;
    }

    /// Section 3.5.
    @Test
    void whoeverAsksTooSoonWaitsLongerFromThenOn() {
        Waiting device = device(application("app"));
        Instant now = Nouns.NOW;
        assertThat(polled(device, now)).isEqualTo(Polled.PENDING);
        assertThat(polled(device, now.plusSeconds(5))).isEqualTo(Polled.PENDING);
        assertThat(polled(device, now.plusSeconds(9))).isEqualTo(Polled.HASTY);
        assertThat(polled(device, now.plusSeconds(15))).isEqualTo(Polled.HASTY);
        assertThat(polled(device, now.plusSeconds(30))).isEqualTo(Polled.PENDING);
        assertThat(polled(device, UNTIL)).isEqualTo(Polled.OVER);
    }

    @Test
    void nobodyElsesDeviceIsThere() {
        Waiting device = device(application("app"));
        Application other = application("other");
        assertThat(devices().poll(List.of(device.code()), api(), other.id(), Nouns.NOW))
                .isEqualTo(Polled.NONE);
        assertThat(devices().poll(List.of(device.code()), nouns.id(Kind.API), device.application(), Nouns.NOW))
                .isEqualTo(Polled.NONE);
        assertThat(devices().poll(List.of(device.typed()), api(), device.application(), Nouns.NOW))
                .isEqualTo(Polled.NONE);
        assertThat(polled(device, Nouns.NOW)).as("which changed nothing").isEqualTo(Polled.PENDING);
    }

    @Test
    void aYesIsAGrantThatTheDeviceRedeemsOnce() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        Waiting device = device(app);
        Grant grant = done(allowed(alice, app, device, Nouns.NOW));
        assertThat(polled(device, Nouns.NOW)).isEqualTo(Polled.ALLOWED);
        assertThat(devices().waiting(List.of(device.typed()), api(), Nouns.NOW)).isEmpty();
        assertThat(grants().coded(List.of(device.code()), api(), UNTIL.minusSeconds(1)))
                .contains(new GrantStore.Coded(grant, true));
        assertThat(grants().consented(alice.user().id(), app.id(), api())).isEqualTo(SCOPES);
        GrantStore.Redemption redemption = new GrantStore.Redemption(
                api(), app.id(), new Grant.Binding(Optional.empty(), Optional.of("x")), true, UNTIL, UNTIL);
        assertThat(done(grants().redeem(List.of(device.code()), redemption, act)))
                .as("which is bound to nothing that a code is")
                .isInstanceOf(GrantStore.Redeemed.Wrong.class);
    }

    @Test
    void anAnswerIsGivenOnce() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        Waiting yes = device(app);
        done(allowed(alice, app, yes, Nouns.NOW));
        assertThat(allowed(alice, app, yes, Nouns.NOW)).isInstanceOf(Stored.Moved.class);
        assertThat(devices().deny(yes, act)).isInstanceOf(Stored.Moved.class);
        Waiting no = device(app);
        int rows = trail().size();
        done(devices().deny(no, act));
        audited(rows, "device.deny", app.id());
        assertThat(devices().deny(no, act)).isInstanceOf(Stored.Moved.class);
        assertThat(allowed(alice, app, no, Nouns.NOW)).isInstanceOf(Stored.Moved.class);
        assertThat(polled(no, Nouns.NOW)).isEqualTo(Polled.DENIED);
        Waiting late = device(app);
        assertThat(allowed(alice, app, late, UNTIL)).isInstanceOf(Stored.Moved.class);
        assertThat(devices().deny(late, at(UNTIL))).isInstanceOf(Stored.Moved.class);
    }

    @Test
    void anApplicationHasRoomForSoMany() {
        Application app = application("app");
        for (int i = 0; i < DeviceStore.MAX_WAITING; i++) {
            device(app);
        }
        Waiting more = new Waiting(digest(), digest(), api(), app.id(), Optional.empty(), UNTIL);
        assertThat(devices().ask(more, Nouns.NOW)).isEqualTo(Asked.FULL);
        assertThat(devices().ask(more, UNTIL)).isEqualTo(Asked.KEPT);
        device(application("other"));
    }

    /// GAUNTLET R2: of many at once as many are kept as there is room for.
    @Test
    void anApplicationHasNoMoreRoomForManyAtOnce() {
        Application app = application("app");
        for (int i = 0; i < DeviceStore.MAX_WAITING - ROOM; i++) {
            device(app);
        }
        for (int round = 0; round < ROUNDS; round++) {
            Instant now = Nouns.NOW.plusSeconds(round);
            List<Asked> asked = Race.race(Race.callers(_ -> () -> devices()
                    .ask(new Waiting(digest(), digest(), api(), app.id(), Optional.empty(), now.plusSeconds(1)), now)));
            assertThat(asked.stream().filter(one -> one == Asked.KEPT)).hasSize(ROOM);
            assertThat(asked.stream().filter(one -> one == Asked.FULL)).hasSize(Race.CALLERS - ROOM);
        }
    }

    @Test
    void whatAnotherHasIsTaken() {
        Application app = application("app");
        Waiting device = device(app);
        Waiting same = new Waiting(digest(), device.typed(), api(), app.id(), Optional.empty(), UNTIL);
        assertThat(devices().ask(same, Nouns.NOW)).isEqualTo(Asked.TAKEN);
    }

    /// GAUNTLET B02.
    @Test
    void ofAYesAndANoAtOnceOneCounts() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Waiting device = device(app);
            List<Callable<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(() -> allowed(alice, app, device, Nouns.NOW) instanceof Stored.Done<Grant>);
                answers.add(() -> devices().deny(device, act) instanceof Stored.Done<Waiting>);
            }
            assertThat(Race.race(answers)).containsOnlyOnce(true);
        }
    }

    @Test
    void ofManyQuestionsAtOnceOneIsNotTooSoon() {
        Somebody alice = somebody("alice");
        Application app = application("app");
        for (int round = 0; round < ROUNDS; round++) {
            Waiting device = device(app);
            done(allowed(alice, app, device, Nouns.NOW));
            List<Digest> code = List.of(device.code());
            assertThat(Race.race(Race.callers(_ -> () -> devices().poll(code, api(), app.id(), Nouns.NOW))))
                    .containsOnlyOnce(Polled.ALLOWED);
        }
    }
}
