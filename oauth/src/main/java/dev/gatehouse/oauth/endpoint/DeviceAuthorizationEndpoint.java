package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `POST /oauth2/device_authorization` (RFC 8628 section 3.1): the client proves itself as at the token endpoint
/// and gets two codes, one to ask with and one to show. Blocks.
public final class DeviceAuthorizationEndpoint {
    /// How often codes are drawn anew that another device has: by chance never.
    private static final int DRAWS = 3;

    private final RequestDoor door;
    private final DeviceStore devices;
    private final DeviceCodes codes;
    private final InstantSource clock;

    /// @param door lets clients in
    public DeviceAuthorizationEndpoint(RequestDoor door, DeviceStore devices, DeviceCodes codes, InstantSource clock) {
        this.door = door;
        this.devices = devices;
        this.codes = codes;
        this.clock = clock;
    }

    /// Answers, writing the device down.
    public Reply answer(HttpFacts http, Api api) {
        return door.enter(http, api, GrantType.DEVICE_CODE, (form, client) -> asked(form, api, client.application()));
    }

    /// GAUNTLET G01.
    private Reply asked(Form form, Api api, Application client) {
        if (!ProtectedResource.named(form.value("resource").orElse(api.audience()), api)) {
            return new OAuthError.InvalidTarget().reply();
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new OAuthError.InvalidScope().reply();
        }
        DetailsParameter.Read details = DetailsParameter.read(form, api, client.terms());
        return details instanceof DetailsParameter.Read.Wrong wrong
                ? wrong.error().reply()
                : drawn(api, client, scopes, details.asked().orElse(AuthorizationDetails.NONE));
    }

    private Reply drawn(Api api, Application client, Optional<Scopes> scopes, AuthorizationDetails details) {
        Instant now = clock.instant();
        for (int draw = 0; draw < DRAWS; draw++) {
            DeviceCodes.Drawn drawn = codes.draw(api);
            Waiting device = new Waiting(
                    drawn.codeDigest(),
                    drawn.typedDigest(),
                    api.id(),
                    client.id(),
                    scopes,
                    now.plus(DeviceCodes.LIFE),
                    Optional.empty(),
                    details);
            switch (devices.ask(device, now)) {
                case KEPT -> {
                    return told(api, drawn);
                }
                case FULL -> {
                    return new OAuthError.TooMany(new Refusal.TooMany(DeviceCodes.LIFE)).reply();
                }
                case TAKEN -> {}
            }
        }
        return new OAuthError.Unavailable(RequestDoor.RETRY).reply();
    }

    /// Section 3.2.
    private static Reply told(Api api, DeviceCodes.Drawn drawn) {
        String address = Metadata.address(api, Metadata.DEVICE_PATH);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("device_code", drawn.code());
        members.put("user_code", drawn.typed());
        members.put("verification_uri", address);
        members.put("verification_uri_complete", address + "?user_code=" + drawn.typed());
        members.put("expires_in", DeviceCodes.LIFE.toSeconds());
        members.put("interval", DeviceStore.INTERVAL.toSeconds());
        return Reply.json(200, members).with("Cache-Control", "no-store");
    }
}
