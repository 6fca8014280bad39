package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
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
    OnGrants.Step<CodeGrant.Shown> request(Api api, Form form, Application application, Optional<Confirmation> key) {
        return read(api, form, application, key, "auth_req_id", DeviceCodes.REQUEST_PREFIX);
    }

    /// What the code of a request is of. One that is not good stays as it is: nothing is burnt by asking.
    ///
    /// @param key that was proven, or the certificate of the connection
    OnGrants.Step<CodeGrant.Shown> read(Api api, Form form, Application application, Optional<Confirmation> key) {
        return read(api, form, application, key, "device_code", DeviceCodes.PREFIX);
    }

    private OnGrants.Step<CodeGrant.Shown> read(
            Api api, Form form, Application application, Optional<Confirmation> key, String parameter, String prefix) {
        Optional<String> code = form.value(parameter);
        if (code.isEmpty()) {
            return new OnGrants.Step.No<>(
                    new OAuthError.InvalidRequest(parameter + " is missing"), new Refusal.Malformed(parameter));
        }
        Optional<List<Digest>> digests = codes.digests(code.get(), prefix);
        if (digests.isEmpty()) {
            return none();
        }
        Instant now = clock.instant();
        return switch (devices.poll(digests.get(), api.id(), application.id(), now)) {
            case PENDING -> no(OAuthError.Waits.PENDING, new Refusal.NotYet(Kind.APPLICATION, application.id()));
            case HASTY -> no(OAuthError.Waits.HASTY, new Refusal.TooMany(DeviceStore.SLOWER));
            case DENIED -> no(OAuthError.Waits.DENIED, new Refusal.BadCredential("the person said no", true));
            case OVER -> no(OAuthError.Waits.OVER, new Refusal.Expired(Kind.APPLICATION, application.id()));
            case NONE -> none();
            case ALLOWED -> allowed(api, application, digests.get(), key, now);
        };
    }

    private OnGrants.Step<CodeGrant.Shown> allowed(
            Api api, Application application, List<Digest> digests, Optional<Confirmation> key, Instant now) {
        return grants.coded(digests, api.id(), now)
                .filter(GrantStore.Coded::fresh)
                .map(GrantStore.Coded::grant)
                .filter(grant -> grant.application().equals(application.id()))
                .<OnGrants.Step<CodeGrant.Shown>>map(grant -> new OnGrants.Step.On<>(new CodeGrant.Shown(
                        grant, digests, new Grant.Binding(Optional.empty(), Optional.empty(), key), key, application)))
                .orElseGet(() -> new OnGrants.Step.No<>(
                        new OAuthError.InvalidGrant(),
                        new Refusal.BadCredential("the device has what it waited for", true)));
    }

    private static OnGrants.Step<CodeGrant.Shown> no(OAuthError.Waits waits, Refusal refusal) {
        return new OnGrants.Step.No<>(new OAuthError.OfDevice(waits), refusal);
    }

    private static OnGrants.Step<CodeGrant.Shown> none() {
        return new OnGrants.Step.No<>(new OAuthError.InvalidGrant(), new Refusal.BadCredential("no such device"));
    }
}
