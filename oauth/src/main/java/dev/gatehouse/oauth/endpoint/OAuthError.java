package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.core.quota.QuotaHeaders;
import java.time.Duration;
import java.util.Map;

/// What an endpoint for clients answers when it does not do what was asked (RFC 6749 section 5.2, which RFC 7662
/// and RFC 7009 take over).
public sealed interface OAuthError {
    /// The request cannot be read; `what` names the part that is wrong and never repeats its value.
    record InvalidRequest(String what) implements OAuthError {}

    /// The authorization request that was pushed is wrong (RFC 9126 section 2.3).
    ///
    /// @param error what the authorization endpoint calls it
    record InvalidAuthorization(String error, String description) implements OAuthError {}

    /// What a client says of itself cannot be registered (RFC 7591 section 3.2.2).
    record InvalidMetadata(String error, String description) implements OAuthError {}

    /// The client did not prove itself, or no longer counts; never said which.
    ///
    /// @param byHeader whether it used the Authorization header and gets a challenge
    record InvalidClient(boolean byHeader) implements OAuthError {}

    /// What is presented in the place of a client is none, or no longer counts; never said which.
    record InvalidGrant() implements OAuthError {}

    /// The page may not use what it presents.
    record WrongOrigin() implements OAuthError {}

    /// The client proved itself and may not do this here.
    record UnauthorizedClient() implements OAuthError {}

    /// No such grant.
    record UnsupportedGrantType() implements OAuthError {}

    /// There is no proof of a key, or none that counts (RFC 9449 section 5).
    record InvalidProof() implements OAuthError {}

    /// The proof of a key has to carry this (RFC 9449 section 8).
    record UseNonce(String nonce) implements OAuthError {}

    /// A scope was asked for that may not be granted, or there is none to grant.
    record InvalidScope() implements OAuthError {}

    /// Authorization details that cannot be read, or may not be granted (RFC 9396 section 5); `what` never repeats
    /// them.
    record InvalidDetails(String what) implements OAuthError {}

    /// A resource was asked for that is not this Api (RFC 8707 section 2).
    record InvalidTarget() implements OAuthError {}

    /// The subject token is none that the client may exchange; never said why.
    record InvalidSubject() implements OAuthError {}

    /// The person has not said yes to a device (RFC 8628 section 3.5).
    record OfDevice(Waits waits) implements OAuthError {}

    /// A request to a person is wrong (OpenID Connect CIBA Core section 13).
    record InvalidBackchannel(String error, String description) implements OAuthError {}

    /// What a device is told that asks.
    enum Waits {
        PENDING("authorization_pending", "nobody has answered yet: ask again"),
        HASTY("slow_down", "ask again five seconds later than before"),
        DENIED("access_denied", "the person said no"),
        OVER("expired_token", "nobody answered in time: begin again");

        private final String error;
        private final String description;

        Waits(String error, String description) {
            this.error = error;
            this.description = description;
        }
    }

    /// Another method than POST.
    record WrongMethod() implements OAuthError {}

    /// Another content type or a content coding.
    record WrongMediaType() implements OAuthError {}

    /// Too many requests.
    record TooMany(Refusal.TooMany refusal) implements OAuthError {}

    /// We cannot tell now.
    record Unavailable(Duration retryAfter) implements OAuthError {}

    /// The refusals of the core on this wire: nothing about the state of a client gets out before it has proven
    /// itself, and nothing about why a proven one does not count.
    static OAuthError of(Refusal refusal, boolean byHeader) {
        return switch (refusal) {
            case Refusal.Malformed(String what) -> new InvalidRequest(what);
            case Refusal.SeveralCredentials() -> new InvalidRequest("more than one client authentication");
            case Refusal.NoCredential _,
                    Refusal.BadCredential _,
                    Refusal.Held _,
                    Refusal.Revoked _,
                    Refusal.NotYet _,
                    Refusal.Expired _,
                    Refusal.Superseded _,
                    Refusal.WrongAddress _,
                    Refusal.BadSignature _,
                    Refusal.NotFound _ -> new InvalidClient(byHeader);
            case Refusal.WrongOrigin _ -> new WrongOrigin();
            case Refusal.WrongApi _, Refusal.WrongUse _, Refusal.NoSecondFactor _ -> new UnauthorizedClient();
            case Refusal.NotHolder(Refusal.Lacking lacking, var nonce) ->
                switch (lacking) {
                    case PROOF, NONCE, BINDING ->
                        nonce.<OAuthError>map(UseNonce::new).orElseGet(InvalidProof::new);
                    case CERTIFICATE ->
                        new InvalidRequest("a certificate of the client is needed, as its connection shows it");
                    case EITHER ->
                        new InvalidRequest("a DPoP proof of a key, or a certificate of the client, is needed");
                };
            case Refusal.BadSubject _, Refusal.BadUser _ -> new InvalidSubject();
            case Refusal.Forbidden _, Refusal.BadScope _ -> new InvalidScope();
            case Refusal.BadDetails _ -> new InvalidDetails("an authorization detail may not be granted here");
            case Refusal.TooMany tooMany -> new TooMany(tooMany);
            case Refusal.Unavailable unavailable -> new Unavailable(unavailable.retryAfter());
        };
    }

    /// The answer.
    default Reply reply() {
        return switch (this) {
            case InvalidRequest(String what) -> error(400, "invalid_request", what);
            case InvalidAuthorization(String error, String description) -> error(400, error, description);
            case InvalidMetadata(String error, String description) -> error(400, error, description);
            case InvalidBackchannel(String error, String description) -> error(400, error, description);
            case InvalidClient(boolean byHeader) -> {
                Reply reply = error(401, "invalid_client", "client authentication failed");
                yield byHeader ? reply.with("WWW-Authenticate", "Basic realm=\"oauth2\", charset=\"UTF-8\"") : reply;
            }
            case InvalidGrant() ->
                error(400, "invalid_grant", "what is presented for a token does not count, or not any more");
            case WrongOrigin() -> error(403, "origin_not_allowed", "this key is not for pages of this origin");
            case UnauthorizedClient() -> error(400, "unauthorized_client", "this client may not do this here");
            case UnsupportedGrantType() ->
                error(
                        400,
                        "unsupported_grant_type",
                        "the grant types are: "
                                + String.join(
                                        ", ",
                                        GrantType.AUTHORIZATION_CODE.wire(),
                                        GrantType.REFRESH_TOKEN.wire(),
                                        GrantType.DEVICE_CODE.wire(),
                                        GrantType.CIBA.wire(),
                                        TokenRequest.CLIENT_CREDENTIALS,
                                        TokenExchange.GRANT_TYPE,
                                        BearerGrant.TYPE,
                                        PageGrants.DOMAIN_KEY,
                                        PageGrants.RENEWAL));
            case InvalidScope() ->
                error(400, "invalid_scope", "a scope is unknown, malformed, or not granted to this client");
            case InvalidDetails(String what) -> error(400, DetailsParameter.ERROR, what);
            case InvalidProof() ->
                error(
                        400,
                        "invalid_dpop_proof",
                        "a DPoP proof is missing, is not for this request, or was used before");
            case UseNonce(String nonce) ->
                error(400, "use_dpop_nonce", "sign another proof with the nonce of DPoP-Nonce")
                        .with("DPoP-Nonce", nonce);
            case OfDevice(Waits waits) -> error(400, waits.error, waits.description);
            case InvalidTarget() ->
                error(400, "invalid_target", "the resource is not the one that this endpoint serves");
            // RFC 8693 section 2.2.2: a subject token that is invalid for any reason is invalid_request
            case InvalidSubject() ->
                error(400, "invalid_request", "the subject token is not one that this client may exchange");
            case WrongMethod() ->
                error(405, "invalid_request", "the method must be POST").with("Allow", "POST");
            case WrongMediaType() ->
                error(415, "invalid_request", "the body must be application/x-www-form-urlencoded in UTF-8");
            case TooMany(Refusal.TooMany refusal) ->
                QuotaHeaders.refused(error(429, "temporarily_unavailable", "too many requests"), refusal);
            case Unavailable(Duration retryAfter) ->
                error(503, "temporarily_unavailable", "try again in a moment")
                        .with("Retry-After", Long.toString(Math.max(1, Quota.seconds(retryAfter))));
        };
    }

    private static Reply error(int status, String error, String description) {
        return Reply.json(status, Map.of("error", error, "error_description", description))
                .with("Cache-Control", "no-store");
    }
}
