package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.DeviceStore.Waiting;
import dev.gatehouse.oauth.password.RequestCodes;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `POST /oauth2/bc-authorize` (OpenID Connect CIBA Core section 7): a client sends a request to a person whom it
/// names, and asks the token endpoint until the person has answered it here, or once it is told. Blocks.
public final class BackchannelEndpoint {
    private final RequestDoor door;
    private final SignedRequests signed;
    private final BackchannelHints hints;
    private final RequestCodes userCodes;
    private final DeviceStore requests;
    private final DeviceCodes codes;
    private final SealedPings pings;
    private final InstantSource clock;

    /// @param door lets clients in
    /// @param signed reads requests that clients sign
    /// @param hints finds the person who is meant
    /// @param userCodes says whether the client has the person's code
    /// @param pings keeps what clients want to be told by
    public BackchannelEndpoint(
            RequestDoor door,
            SignedRequests signed,
            BackchannelHints hints,
            RequestCodes userCodes,
            DeviceStore requests,
            DeviceCodes codes,
            SealedPings pings,
            InstantSource clock) {
        this.door = door;
        this.signed = signed;
        this.hints = hints;
        this.userCodes = userCodes;
        this.requests = requests;
        this.codes = codes;
        this.pings = pings;
        this.clock = clock;
    }

    /// Answers, writing the request down.
    public Reply answer(HttpFacts http, Api api) {
        return door.enter(http, api, GrantType.CIBA, (form, client) -> asked(http, form, api, client));
    }

    /// A client that said how it signs signs always: what it did not sign is somebody else's (section 4).
    private Reply asked(HttpFacts http, Form form, Api api, Actor client) {
        boolean signs =
                client.application().terms().openId().backchannel().requests().isPresent();
        Optional<String> object = form.value(SignedRequests.PARAMETER);
        if (signs != object.isPresent()) {
            return invalid(signs ? "requests of this client are signed" : "this client is not known to sign requests");
        }
        if (object.isEmpty()) {
            return read(http, form, api, client);
        }
        // Section 7.1.1: what is asked for stands in the object alone
        if (BackchannelRequest.asks(form)) {
            return invalid("a signed request has all its parameters in it");
        }
        return switch (signed.read(object.get(), client.application(), api, http)) {
            case SignedRequests.Read.Good(Form inside) -> read(http, inside, api, client);
            case SignedRequests.Read.Wrong(String why) -> invalid(why);
            case SignedRequests.Read.Later(Refusal.TooMany refusal) ->
                OAuthError.of(refusal, false).reply();
        };
    }

    private static Reply invalid(String what) {
        return new OAuthError.InvalidRequest(what).reply();
    }

    /// GAUNTLET G01.
    private Reply read(HttpFacts http, Form form, Api api, Actor client) {
        if (!ProtectedResource.named(form.value("resource").orElse(api.audience()), api)) {
            return new OAuthError.InvalidTarget().reply();
        }
        BackchannelTerms terms = client.application().terms().openId().backchannel();
        DetailsParameter.Read details =
                DetailsParameter.read(form, api, client.application().terms());
        if (details instanceof DetailsParameter.Read.Wrong wrong) {
            return wrong.error().reply();
        }
        return switch (BackchannelRequest.read(form, terms)) {
            case BackchannelRequest.Read.Wrong(OAuthError error) -> error.reply();
            case BackchannelRequest.Read.Good(BackchannelRequest request) ->
                hints.person(request, api, client)
                        .map(person -> meant(http, api, client.application(), request, details.asked(), person))
                        .orElseGet(() -> backchannel("unknown_user_id", "nobody is known by this hint"));
        };
    }

    private static Reply backchannel(String error, String description) {
        return new OAuthError.InvalidBackchannel(error, description).reply();
    }

    private Reply meant(
            HttpFacts http,
            Api api,
            Application client,
            BackchannelRequest request,
            Optional<AuthorizationDetails> details,
            Id person) {
        InetAddress from = http.from();
        return switch (userCodes.check(person, request.userCode(), client.id(), from)) {
            case RequestCodes.Checked.Right() -> drawn(api, client, request, person, details);
            case RequestCodes.Checked.Missing() -> backchannel("missing_user_code", "the person has set a code");
            case RequestCodes.Checked.Wrong() -> backchannel("invalid_user_code", "it is not the person's code");
            case RequestCodes.Checked.Later(Duration after) ->
                new OAuthError.TooMany(new Refusal.TooMany(after)).reply();
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
                Optional.of(new DeviceStore.Addressed(
                        person,
                        request.message(),
                        request.ping()
                                .map(token -> pings.seal(
                                        drawn.codeDigest(), new SealedPings.Ping(token, Secret.of(drawn.code())))))),
                details.orElse(AuthorizationDetails.NONE));
        return switch (requests.ask(waiting, now)) {
            case KEPT -> told(drawn, request);
            case FULL -> new OAuthError.TooMany(new Refusal.TooMany(DeviceCodes.LIFE)).reply();
            case TAKEN -> new OAuthError.Unavailable(RequestDoor.RETRY).reply();
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
