package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `POST /oauth2/bc-authorize` (OpenID Connect CIBA Core section 7): a client sends a request to a person whom it
/// names, and asks the token endpoint until the person has answered it here. Tokens are polled for; nothing is sent
/// to the client. Blocks.
public final class BackchannelEndpoint {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ClientCheck check;
    private final Clients clients;
    private final BackchannelHints hints;
    private final DeviceStore requests;
    private final DeviceCodes codes;
    private final Limiter limiter;
    private final TokenWitness witness;
    private final InstantSource clock;

    /// @param hints finds the person who is meant
    /// @param limiter charges each request
    /// @param witness is told of every client that did not prove itself
    public BackchannelEndpoint(
            ClientCheck check,
            Clients clients,
            BackchannelHints hints,
            DeviceStore requests,
            DeviceCodes codes,
            Limiter limiter,
            TokenWitness witness,
            InstantSource clock) {
        this.check = check;
        this.clients = clients;
        this.hints = hints;
        this.requests = requests;
        this.codes = codes;
        this.limiter = limiter;
        this.witness = witness;
        this.clock = clock;
    }

    /// Answers, writing the request down.
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
        if (!client.terms().uses(GrantType.CIBA)) {
            return new OAuthError.UnauthorizedClient().reply();
        }
        if (!ProtectedResource.named(form.value("resource").orElse(api.audience()), api)) {
            return new OAuthError.InvalidTarget().reply();
        }
        Optional<Actor> actor = clients.actor(client.clientId()).filter(one -> one.stands(clock.instant()));
        if (actor.isEmpty()) {
            return refused(
                    http,
                    api,
                    new OAuthError.InvalidClient(false),
                    new Refusal.BadCredential("a client that does not stand", true));
        }
        DetailsParameter.Read details = DetailsParameter.read(form, api, client.terms());
        if (details instanceof DetailsParameter.Read.Wrong wrong) {
            return wrong.error().reply();
        }
        return switch (limiter.device(api, client, http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> refused(http, api, OAuthError.of(refusal, false), refusal);
            case Charge.Made _ ->
                switch (BackchannelRequest.read(form)) {
                    case BackchannelRequest.Read.Wrong(OAuthError error) -> error.reply();
                    case BackchannelRequest.Read.Good(BackchannelRequest request) ->
                        hints.person(request, api, actor.get())
                                .map(person -> drawn(api, client, request, person, details.asked()))
                                .orElseGet(() -> new OAuthError.InvalidBackchannel(
                                                "unknown_user_id", "nobody is known by this hint")
                                        .reply());
                };
        };
    }

    private Reply drawn(
            Api api,
            Application client,
            BackchannelRequest request,
            Id person,
            Optional<AuthorizationDetails> details) {
        Instant now = clock.instant();
        DeviceCodes.Drawn drawn = codes.drawRequest(api);
        Waiting waiting = new Waiting(
                drawn.codeDigest(),
                drawn.typedDigest(),
                api.id(),
                client.id(),
                Optional.of(request.scopes()),
                now.plus(request.life()),
                Optional.of(new DeviceStore.Addressed(person, request.message())),
                details.orElse(AuthorizationDetails.NONE));
        return switch (requests.ask(waiting, now)) {
            case KEPT -> told(drawn, request);
            case FULL -> new OAuthError.TooMany(new Refusal.TooMany(DeviceCodes.LIFE)).reply();
            case TAKEN -> new OAuthError.Unavailable(RETRY).reply();
        };
    }

    /// Section 7.3.
    private static Reply told(DeviceCodes.Drawn drawn, BackchannelRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("auth_req_id", drawn.code());
        members.put("expires_in", request.life().toSeconds());
        members.put("interval", DeviceStore.INTERVAL.toSeconds());
        return Reply.json(200, members).with("Cache-Control", "no-store");
    }
}
