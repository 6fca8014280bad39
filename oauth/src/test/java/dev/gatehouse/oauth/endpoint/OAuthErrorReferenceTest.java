package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.testkit.EveryRefusal;
import dev.gatehouse.testkit.ReferencePage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The errors of the token endpoint are in the reference, every one of them.
class OAuthErrorReferenceTest {
    private static final Duration AFTER = Duration.ofSeconds(1);

    /// Where an error is defined, when it is given, and what to do then.
    private record Told(String rfc, String meaning, String next) {}

    @Test
    void everyErrorOfTheTokenEndpointIsOnThePage() {
        List<OAuthError> all = List.of(
                new OAuthError.InvalidRequest("what is wrong"),
                new OAuthError.InvalidAuthorization("invalid_request", "what is wrong"),
                new OAuthError.InvalidMetadata("invalid_client_metadata", "what is wrong"),
                new OAuthError.InvalidMetadata("invalid_redirect_uri", "what is wrong"),
                new OAuthError.InvalidBackchannel("unknown_user_id", "what is wrong"),
                new OAuthError.InvalidBackchannel("invalid_binding_message", "what is wrong"),
                new OAuthError.InvalidBackchannel("missing_user_code", "what is wrong"),
                new OAuthError.InvalidBackchannel("invalid_user_code", "what is wrong"),
                new OAuthError.InvalidClient(true),
                new OAuthError.UnauthorizedClient(),
                new OAuthError.InvalidGrant(),
                new OAuthError.WrongOrigin(),
                new OAuthError.UnsupportedGrantType(),
                new OAuthError.InvalidDetails("what"),
                new OAuthError.InvalidScope(),
                new OAuthError.InvalidTarget(),
                new OAuthError.InvalidProof(),
                new OAuthError.UseNonce("nonce"),
                new OAuthError.InvalidSubject(),
                new OAuthError.OfDevice(OAuthError.Waits.PENDING),
                new OAuthError.OfDevice(OAuthError.Waits.HASTY),
                new OAuthError.OfDevice(OAuthError.Waits.DENIED),
                new OAuthError.OfDevice(OAuthError.Waits.OVER),
                new OAuthError.WrongMethod(),
                new OAuthError.WrongMediaType(),
                new OAuthError.TooMany(new Refusal.TooMany(AFTER)),
                new OAuthError.Unavailable(AFTER));
        EveryRefusal.complete(OAuthError.class, all);
        ReferencePage.section(
                "errors.md",
                "token endpoint",
                "| `error` | status | defined in | when | what to do | reasons |\n|---|---|---|---|---|---|\n"
                        + all.stream().map(OAuthErrorReferenceTest::line).collect(Collectors.joining()));
    }

    private static String line(OAuthError error) {
        Told told = told(error);
        Body.Json body = (Body.Json) error.reply().body();
        return "| `" + body.members().get("error") + "` | " + error.reply().status() + " | " + told.rfc() + " | "
                + told.meaning() + " | " + told.next() + " | " + reasons(error) + " |\n";
    }

    /// The refusals of the core that become this error.
    private static String reasons(OAuthError error) {
        return EveryRefusal.all().stream()
                .filter(refusal -> OAuthError.of(refusal, true).getClass().equals(error.getClass()))
                .map(Refusal::reason)
                .map(reason -> "`" + reason + "`")
                .collect(Collectors.joining(" "));
    }

    private static Told told(OAuthError error) {
        return switch (error) {
            case OAuthError.InvalidRequest _ ->
                new Told(
                        "RFC 6749 section 5.2",
                        "A parameter is missing, unreadable or there twice, or the client authenticates twice.",
                        "Correct what `error_description` names.");
            case OAuthError.InvalidAuthorization _ ->
                new Told(
                        "RFC 9126 section 2.3; RFC 6749 section 4.1.2.1",
                        "What is pushed is no authorization request of this client; any error of the authorization"
                                + " endpoint may stand here.",
                        "Correct what `error_description` names.");
            case OAuthError.InvalidMetadata _ ->
                new Told(
                        "RFC 7591 section 3.2.2",
                        "What a client says of itself cannot be read, or is not let in by the policy of the Api.",
                        "Correct what `error_description` names, or have the provider widen the policy.");
            case OAuthError.InvalidBackchannel _ ->
                new Told(
                        "OpenID Connect CIBA Core section 13",
                        "A request to a person names nobody whom the client may ask, has a message that cannot be"
                                + " shown, or has not the code that the person set (`unknown_user_id`,"
                                + " `invalid_binding_message`, `missing_user_code`, `invalid_user_code`).",
                        "Name a member of the client's own organization or of one below it; ask the person; correct what"
                                + " `error_description` names.");
            case OAuthError.InvalidClient _ ->
                new Told(
                        "RFC 6749 section 5.2; RFC 9110 section 11.6.1",
                        "The client did not prove itself or does not count at the moment; never said which. With"
                                + " HTTP Basic the reply has a challenge.",
                        "Check `client_id` and secret, then ask the provider to look at the application, its credential"
                                + " and its organization.");
            case OAuthError.UnauthorizedClient _ ->
                new Told(
                        "RFC 6749 section 5.2",
                        "The client proved itself and may not get such tokens of this Api.",
                        "Use a credential of kind `secret` that may be used at this Api; to act for customers, one that"
                                + " has `tokens:delegate` there.");
            case OAuthError.InvalidGrant _ ->
                new Told(
                        "RFC 6749 section 5.2",
                        "What is presented for a token (a code, a refresh token, an issuer's assertion, a token to be"
                                + " renewed) does not count, or not any more; never said why.",
                        "Begin again: with another code, another assertion, or the domain key.");
            case OAuthError.WrongOrigin _ ->
                new Told(
                        "Fetch section 3.2; ours",
                        "The page's origin is not one of the domain key's, or not the token's, or there is none.",
                        "Give the key the origin of the page; only browsers say where a page comes from.");
            case OAuthError.UnsupportedGrantType _ ->
                new Told(
                        "RFC 6749 section 5.2",
                        "`grant_type` is none that this endpoint takes.",
                        "Send one of those that `error_description` names.");
            case OAuthError.InvalidSubject _ ->
                new Told(
                        "RFC 8693 section 2.2.2",
                        "`subject_token` names no customer that the application may act for, or is no live token that"
                                + " it may exchange, or `actor_token` is none of its own; never said which.",
                        "Check the id, and that the customer stands; get another token to exchange; to exchange those"
                                + " of others, `tokens:exchange` or `tokens:impersonate`.");
            case OAuthError.OfDevice(OAuthError.Waits waits) ->
                switch (waits) {
                    case PENDING ->
                        new Told(
                                "RFC 8628 section 3.5",
                                "Nobody has answered the device yet.",
                                "Ask again after `interval` seconds.");
                    case HASTY ->
                        new Told(
                                "RFC 8628 section 3.5",
                                "The device asked sooner than `interval` seconds after it asked before.",
                                "Wait five seconds longer from now on.");
                    case DENIED -> new Told("RFC 8628 section 3.5", "The person said no.", "Say so; do not ask again.");
                    case OVER ->
                        new Told(
                                "RFC 8628 section 3.5",
                                "Nobody answered in time.",
                                "Begin again, if the person wants.");
                };
            case OAuthError.InvalidScope _ ->
                new Told(
                        "RFC 6749 sections 3.3 and 5.2",
                        "A scope is malformed, unknown or not granted to this client, or there is none to grant.",
                        "Ask for scopes that the credential has, or leave `scope` out; give the credential more.");
            case OAuthError.InvalidDetails _ ->
                new Told(
                        "RFC 9396 section 5",
                        "`authorization_details` cannot be read, has a type that the Api does not have or that is not"
                                + " for this client, says what the type does not, or more than was granted before.",
                        "Send what `authorization_details_types_supported` has; have the provider give the client or"
                                + " the person the scope of the type.");
            case OAuthError.InvalidProof _ ->
                new Told(
                        "RFC 9449 section 5",
                        "The `DPoP` header is no proof for this request, is too old or was used before; or there is none"
                                + " and the client's tokens are bound to a key.",
                        "Sign a new proof for each request, with this method and this address.");
            case OAuthError.UseNonce _ ->
                new Told(
                        "RFC 9449 section 8",
                        "The proof carries no nonce of this server, or an old one.",
                        "Sign another one with the nonce of the header `DPoP-Nonce`.");
            case OAuthError.InvalidTarget _ ->
                new Told(
                        "RFC 8707 section 2; RFC 8693 section 2.2.2",
                        "`resource` or `audience` is not the audience of this Api.",
                        "Send the Api's `audience`, or leave both out.");
            case OAuthError.WrongMethod _ ->
                new Told("RFC 6749 section 3.2; RFC 9110 section 15.5.6", "The method is not POST.", "Send a POST.");
            case OAuthError.WrongMediaType _ ->
                new Told(
                        "RFC 6749 section 4.4.2; RFC 9110 section 15.5.16",
                        "The body is not a form in UTF-8, or is encoded.",
                        "Send `Content-Type: application/x-www-form-urlencoded`.");
            case OAuthError.TooMany _ ->
                new Told("RFC 6585 section 4", "Too many requests.", "Wait as long as `Retry-After` says.");
            case OAuthError.Unavailable _ ->
                new Told(
                        "RFC 9110 section 15.6.4",
                        "The server cannot tell at the moment; it says nothing about the client.",
                        "Try again after `Retry-After`. The provider finds the cause at `/readyz` and in the log.");
        };
    }
}
