package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Asked;
import dev.gatehouse.core.store.DeviceStore.Polled;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What devices and applications ask of people, in the store of a contract.
final class DeviceAsks {
    static final Scopes SCOPES = Scopes.of("gatehouse:orders");
    static final Instant UNTIL = Nouns.NOW.plusSeconds(600);

    private final GrantFixture contract;

    DeviceAsks(GrantFixture contract) {
        this.contract = contract;
    }

    DeviceStore devices() {
        return contract.store().devices();
    }

    Id api() {
        return contract.installed.admin().id();
    }

    /// One that shows its person what to type.
    Waiting device(Application application, Optional<Scopes> scopes) {
        Waiting device = new Waiting(contract.digest(), contract.digest(), api(), application.id(), scopes, UNTIL);
        assertThat(devices().ask(device, Nouns.NOW)).isEqualTo(Asked.KEPT);
        return device;
    }

    Waiting device(Application application) {
        return device(application, Optional.of(SCOPES));
    }

    /// A request that an application sends to a person, not stored.
    Waiting to(Application application, GrantFixture.Somebody who, Optional<String> message, Instant until) {
        return new Waiting(
                contract.digest(),
                contract.digest(),
                api(),
                application.id(),
                Optional.of(SCOPES),
                until,
                Optional.of(new DeviceStore.Addressed(who.user().id(), message)));
    }

    /// The same, stored.
    Waiting sent(Application application, GrantFixture.Somebody who, Optional<String> message, Instant until) {
        Waiting request = to(application, who, message, until);
        assertThat(devices().ask(request, Nouns.NOW)).isEqualTo(Asked.KEPT);
        return request;
    }

    Polled polled(Waiting device, Instant now) {
        return devices().poll(List.of(contract.digest(), device.code()), api(), device.application(), now);
    }

    /// What comes of the yes of somebody.
    Stored<Grant> allowed(GrantFixture.Somebody who, Application application, Waiting device, Instant now) {
        Grant grant = contract.grant(who, application, SCOPES);
        Grant unbound = new Grant(
                grant.claims(),
                grant.user(),
                grant.session(),
                grant.authenticated(),
                grant.methods(),
                new Grant.Binding(Optional.empty(), Optional.empty()),
                Optional.empty());
        return contract.grants().openForDevice(unbound, device.code(), device.until(), contract.at(now));
    }
}
