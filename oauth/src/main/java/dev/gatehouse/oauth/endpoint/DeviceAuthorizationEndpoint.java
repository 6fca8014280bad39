package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `POST /oauth2/device_authorization` (RFC 8628 section 3.1): the client proves itself as at the token endpoint
/// and gets two codes, one to ask with and one to show. Blocks.
public final class DeviceAuthorizationEndpoint {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// How often codes are drawn anew that another device has: by chance never.
    private static final int DRAWS = 3;

    private final ClientCheck check;
    private final Clients clients;
    private final DeviceStore devices;
    private final DeviceCodes codes;
    private final Limiter limiter;
    private final TokenWitness witness;
    private final InstantSource clock;

    /// @param limiter charges each device
    /// @param witness is told of every client that did not prove itself
    public DeviceAuthorizationEndpoint(
            ClientCheck check,
            Clients clients,
            DeviceStore devices,
            DeviceCodes codes,
            Limiter limiter,
            TokenWitness witness,
            InstantSource clock) {
        this.check = check;
        this.clients = clients;
        this.devices = devices;
        this.codes = codes;
        this.limiter = limiter;
        this.witness = witness;
        this.clock = clock;
    }

    /// Answers, writing the device down.
    public Reply answer(HttpFacts http, Api api) {
        if (!api.openId()) {
            return Reply.problem(404, "not-found", "this Api is no OpenID provider");
        }
        try {
            return switch (FormRequest.read(http)) {
                case FormRequest.Read.Failed(OAuthError error) -> error.reply();
                case FormRequest.Read.Sent(Form form) ->
                    switch (check.client(http, form, api)) {
                        case Clients.Found.Failed(OAuthError error, Refusal refusal) ->
                            refused(http, api, error, refusal);
                        case Clients.Found.Known(Application client) -> asked(http, form, api, client);
                    };
            };
        } catch (FactsUnavailable _) {
            return new OAuthError.Unavailable(RETRY).reply();
        }
    }

    private Reply refused(HttpFacts http, Api api, OAuthError error, Refusal refusal) {
        witness.refused(http, api, refusal);
        return error.reply();
    }

    /// GAUNTLET C07, G01.
    private Reply asked(HttpFacts http, Form form, Api api, Application client) {
        if (!client.terms().uses(GrantType.DEVICE_CODE)) {
            return new OAuthError.UnauthorizedClient().reply();
        }
        if (!ProtectedResource.named(form.value("resource").orElse(api.audience()), api)) {
            return new OAuthError.InvalidTarget().reply();
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new OAuthError.InvalidScope().reply();
        }
        DetailsParameter.Read details = DetailsParameter.read(form, api, client.terms());
        if (details instanceof DetailsParameter.Read.Wrong wrong) {
            return wrong.error().reply();
        }
        boolean stands = clients.actor(client.clientId())
                .filter(actor -> actor.stands(clock.instant()))
                .isPresent();
        if (!stands) {
            return refused(
                    http,
                    api,
                    new OAuthError.InvalidClient(false),
                    new Refusal.BadCredential("a client that does not stand", true));
        }
        return switch (limiter.device(api, client, http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> refused(http, api, OAuthError.of(refusal, false), refusal);
            case Charge.Made _ -> drawn(api, client, scopes, details.asked().orElse(AuthorizationDetails.NONE));
        };
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
        return new OAuthError.Unavailable(RETRY).reply();
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
