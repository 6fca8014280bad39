package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.SignedAnswer;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What an application may do as a client of OAuth.
final class ClientOptions {
    @Option(
            names = "--auth-method",
            paramLabel = "METHOD",
            description = "how it authenticates: client_secret_basic, client_secret_post, private_key_jwt,"
                    + " tls_client_auth, self_signed_tls_client_auth or none (default: a secret, either way)")
    Optional<String> method = Optional.empty();

    @Option(
            names = "--grant",
            paramLabel = "TYPE",
            description = "a grant that it may use, such as authorization_code or refresh_token; may be repeated"
                    + " (default: those of a program that acts for itself)")
    List<String> grants = List.of();

    @Option(
            names = "--response-type",
            paramLabel = "TYPE",
            description = "what it is answered with after a sign-in: code (the default), id_token or"
                    + " \"id_token token\", which the grant implicit has; may be repeated")
    List<String> responses = List.of();

    @Option(
            names = "--redirect-uri",
            paramLabel = "URI",
            description = "where people come back to after signing in; may be repeated")
    List<String> redirects = List.of();

    @Option(
            names = "--post-logout-redirect-uri",
            paramLabel = "URI",
            description = "where people come back to after signing out; may be repeated")
    List<String> afterLogout = List.of();

    @Option(
            names = "--backchannel-logout-uri",
            paramLabel = "URI",
            description = "where it is told that a person has signed out")
    Optional<String> backChannel = Optional.empty();

    @Option(
            names = "--frontchannel-logout-uri",
            paramLabel = "URI",
            description = "what the browser of a person who signs out loads")
    Optional<String> frontChannel = Optional.empty();

    @Option(
            names = "--pkce",
            paramLabel = "RULE",
            description = "required (the default) or optional, which only a client with a secret may have")
    Optional<String> pkce = Optional.empty();

    @Option(
            names = "--require-pushed-requests",
            paramLabel = "BOOLEAN",
            arity = "1",
            description = "whether it has to push its authorization requests before browsers come with them")
    Optional<Boolean> pushed = Optional.empty();

    @Option(
            names = "--dpop-bound",
            paramLabel = "BOOLEAN",
            arity = "1",
            description = "whether its access tokens have to be bound to a key of its own")
    Optional<Boolean> bound = Optional.empty();

    @Option(
            names = "--certificate-bound",
            paramLabel = "BOOLEAN",
            arity = "1",
            description = "whether its access tokens have to be bound to the certificate of its connection")
    Optional<Boolean> certified = Optional.empty();

    @Option(
            names = "--require-signed-requests",
            paramLabel = "BOOLEAN",
            arity = "1",
            description = "whether it has to sign its authorization requests")
    Optional<Boolean> signed = Optional.empty();

    @Option(
            names = "--request-alg",
            paramLabel = "ALG",
            description = "the one algorithm that it signs them with: PS256, ES256, EdDSA or RS256 (default: any)")
    Optional<String> requests = Optional.empty();

    @Option(
            names = "--id-token-alg",
            paramLabel = "ALG",
            description = "what its ID tokens are signed with: RS256 (the default) or ES256")
    Optional<String> idTokens = Optional.empty();

    @Option(
            names = "--answer-alg",
            paramLabel = "ALG",
            description = "what answers of the response mode jwt are signed with: RS256 (the default) or ES256")
    Optional<String> answers = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "what it keeps to in all of that: fapi2 or fapi2-message-signing (default: neither)")
    Optional<String> profile = Optional.empty();

    @Option(
            names = "--subject-type",
            paramLabel = "TYPE",
            description = "whether it knows users as everybody does, public (the default), or as its sector alone does,"
                    + " pairwise")
    Optional<String> subjects = Optional.empty();

    @Option(
            names = "--sector-identifier-uri",
            paramLabel = "URI",
            description = "where the redirect URIs of its sector are listed")
    Optional<String> sector = Optional.empty();

    @Option(
            names = "--request-uri",
            paramLabel = "URI",
            description = "where it keeps signed requests; may be repeated")
    List<String> requestUris = List.of();

    @Option(
            names = "--authorization-details-type",
            paramLabel = "TYPE",
            description = "a type of authorization details that it may ask for; may be repeated (default: all)")
    List<String> details = List.of();

    Json.Obj put(Json.Obj body) {
        Json.Obj out = method.map(text -> body.with("token_endpoint_auth_method", text))
                .orElse(body);
        out = listed(out, "grant_types", grants);
        out = listed(out, "response_types", responses);
        out = listed(out, "redirect_uris", redirects);
        out = listed(out, "post_logout_redirect_uris", afterLogout);
        out = named(out, "backchannel_logout_uri", backChannel);
        out = named(out, "frontchannel_logout_uri", frontChannel);
        out = named(out, "pkce", pkce);
        out = named(out, "subject_type", subjects);
        out = named(out, "sector_identifier_uri", sector);
        out = listed(out, "request_uris", requestUris);
        out = listed(out, "authorization_details_types", details);
        out = named(out, "profile", profile);
        out = named(out, "request_object_signing_alg", requests);
        out = named(out, SignedAnswer.ID_TOKEN.wire(), idTokens);
        out = named(out, SignedAnswer.AUTHORIZATION.wire(), answers);
        out = flag(out, ClientRule.SIGNED, signed);
        out = flag(out, ClientRule.CERTIFICATE_BOUND, certified);
        return flag(flag(out, ClientRule.PUSHED, pushed), ClientRule.BOUND, bound);
    }

    private static Json.Obj named(Json.Obj body, String name, Optional<String> value) {
        return value.isPresent() ? body.with(name, value.get()) : body;
    }

    private static Json.Obj flag(Json.Obj body, ClientRule rule, Optional<Boolean> on) {
        return on.isPresent() ? body.with(rule.wire(), new Json.Bool(on.get())) : body;
    }

    private static Json.Obj listed(Json.Obj body, String name, List<String> values) {
        return values.isEmpty() ? body : body.with(name, Json.strings(values));
    }
}
