package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The device authorization grant (RFC 8628 section 3.4): the device asks again and again until the person has
/// answered. A yes is a grant under the device's code, which is redeemed as other codes are.
public final class DeviceGrant {
    private final DeviceStore devices;
    private final GrantStore grants;
    private final DeviceCodes codes;
    private final InstantSource clock;

    /// Over these devices, and what people granted them.
    public DeviceGrant(DeviceStore devices, GrantStore grants, DeviceCodes codes, InstantSource clock) {
        this.devices = devices;
        this.grants = grants;
        this.codes = codes;
        this.clock = clock;
    }

    /// The same for who asked in a back channel (OpenID Connect CIBA Core section 10.1).
    Step<CodeGrant.Shown> request(GrantTurn turn) {
        return read(turn, "auth_req_id", DeviceCodes.REQUEST_PREFIX);
    }

    /// What the code of a request is of. One that is not good stays as it is: nothing is burnt by asking.
    Step<CodeGrant.Shown> read(GrantTurn turn) {
        return read(turn, "device_code", DeviceCodes.PREFIX);
    }

    private Step<CodeGrant.Shown> read(GrantTurn turn, String parameter, String prefix) {
        Application application = turn.application();
        Optional<String> code = turn.form().value(parameter);
        if (code.isEmpty()) {
            return new Step.No<>(
                    new OAuthError.InvalidRequest(parameter + " is missing"), new Refusal.Malformed(parameter));
        }
        Optional<List<Digest>> digests = codes.digests(code.get(), prefix);
        if (digests.isEmpty()) {
            return none();
        }
        Instant now = clock.instant();
        return switch (devices.poll(digests.get(), turn.api().id(), application.id(), now)) {
            case PENDING -> no(OAuthError.Waits.PENDING, new Refusal.NotYet(Kind.APPLICATION, application.id()));
            case HASTY -> no(OAuthError.Waits.HASTY, new Refusal.TooMany(DeviceStore.SLOWER));
            case DENIED -> no(OAuthError.Waits.DENIED, new Refusal.BadCredential("the person said no", true));
            case OVER -> no(OAuthError.Waits.OVER, new Refusal.Expired(Kind.APPLICATION, application.id()));
            case NONE -> none();
            case ALLOWED -> allowed(turn, digests.get(), now);
        };
    }

    private Step<CodeGrant.Shown> allowed(GrantTurn turn, List<Digest> digests, Instant now) {
        Application application = turn.application();
        Optional<Confirmation> key = turn.key();
        return grants.coded(digests, turn.api().id(), now)
                .filter(GrantStore.Coded::fresh)
                .map(GrantStore.Coded::grant)
                .filter(grant -> grant.application().equals(application.id()))
                .<Step<CodeGrant.Shown>>map(grant -> new Step.On<>(new CodeGrant.Shown(
                        grant, digests, new Grant.Binding(Optional.empty(), Optional.empty(), key), key, application)))
                .orElseGet(() -> new Step.No<>(
                        new OAuthError.InvalidGrant(),
                        new Refusal.BadCredential("the device has what it waited for", true)));
    }

    private static Step<CodeGrant.Shown> no(OAuthError.Waits waits, Refusal refusal) {
        return new Step.No<>(new OAuthError.OfDevice(waits), refusal);
    }

    private static Step<CodeGrant.Shown> none() {
        return new Step.No<>(new OAuthError.InvalidGrant(), new Refusal.BadCredential("no such device"));
    }
}
