package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.oauth.endpoint.DetailsParameter;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.endpoint.Pkce;
import dev.gatehouse.oauth.endpoint.ProtectedResource;
import dev.gatehouse.oauth.token.AskedClaims;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What is checked of a request once errors can be told to its client. Each check is a rule of its own; the first
/// that fails answers.
final class RequestChecks {
    private static final List<Function<Asked, Optional<AuthorizeError>>> IN_ORDER = List.of(
            RequestChecks::objects,
            RequestChecks::unsigned,
            RequestChecks::profile,
            RequestChecks::responseType,
            RequestChecks::responseMode,
            ImplicitChecks::first,
            RequestChecks::pkce,
            RequestChecks::key,
            RequestChecks::scope,
            RequestChecks::details,
            RequestChecks::resource,
            RequestChecks::openId,
            RequestChecks::prompt,
            RequestChecks::maxAge,
            RequestChecks::claims,
            RequestChecks::texts);

    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");
    private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int MAX_TEXT = 512;

    private RequestChecks() {}

    /// What is checked of a request that a browser came with.
    static Optional<AuthorizeError> first(Asked asked) {
        return unpushed(asked).or(() -> content(asked));
    }

    /// RFC 9126 section 6.
    private static Optional<AuthorizeError> unpushed(Asked asked) {
        boolean required = asked.api()
                .clients()
                .require(ClientRule.PUSHED, asked.client().application().terms());
        return required && asked.pushed().isEmpty()
                ? invalid("this client has to push its authorization requests")
                : Optional.empty();
    }

    /// What is checked of a request wherever it is sent to: what is pushed is checked as a browser's would be
    /// (RFC 9126 section 2.1).
    static Optional<AuthorizeError> content(Asked asked) {
        return IN_ORDER.stream().flatMap(check -> check.apply(asked).stream()).findFirst();
    }

    /// OpenID Connect Core sections 3.1.2.6 and 6: what is not taken is refused, never passed over, because a
    /// client that signs its request relies on it.
    private static Optional<AuthorizeError> objects(Asked asked) {
        if (asked.flaw().isPresent()) {
            return asked.flaw();
        }
        return asked.form().has("registration")
                ? Optional.of(new AuthorizeError("registration_not_supported", "registration is not supported"))
                : Optional.empty();
    }

    /// RFC 9101 section 10.5.
    private static Optional<AuthorizeError> unsigned(Asked asked) {
        boolean required = asked.api()
                .clients()
                .require(ClientRule.SIGNED, asked.client().application().terms());
        return required && !asked.signed()
                ? invalid("this client has to sign its authorization requests")
                : Optional.empty();
    }

    /// FAPI 2.0 Security Profile section 5.3.2.2, Message Signing section 5.4.
    private static Optional<AuthorizeError> profile(Asked asked) {
        ClientTerms terms = asked.client().application().terms();
        Optional<ClientProfile> profile = asked.api().clients().profile(terms);
        if (profile.isEmpty()) {
            return Optional.empty();
        }
        if (profile.get().mistake(terms).isPresent()) {
            return Optional.of(new AuthorizeError(
                    "unauthorized_client",
                    "this client does not keep to the profile " + profile.get().wire()));
        }
        if (!asked.form().has("redirect_uri")) {
            return invalid("redirect_uri is missing");
        }
        boolean answered = !profile.get().signs() || asked.mode().signed();
        return answered ? Optional.empty() : invalid("this client has its answers signed: response_mode is jwt");
    }

    /// Codes and nothing else, unless the operator and the client say otherwise: no token is ever in a URL (RFC
    /// 9700 section 2.1.2, GAUNTLET A08).
    private static Optional<AuthorizeError> responseType(Asked asked) {
        Optional<String> type = asked.form().value("response_type");
        if (type.isEmpty()) {
            return invalid("response_type is missing");
        }
        boolean codesAlone = !asked.api().clients().implicit();
        Optional<ResponseType> known = asked.type().filter(one -> !one.implicit() || !codesAlone);
        if (known.isEmpty()) {
            return Optional.of(new AuthorizeError(
                    "unsupported_response_type",
                    codesAlone
                            ? "the response type must be code"
                            : "the response type is none of " + String.join(", ", ResponseType.names())));
        }
        return asked.client().application().terms().answeredWith(known.get())
                ? Optional.empty()
                : Optional.of(
                        new AuthorizeError("unauthorized_client", "this client did not register this response type"));
    }

    private static Optional<AuthorizeError> responseMode(Asked asked) {
        return asked.form()
                .value("response_mode")
                .filter(mode -> !ResponseMode.names(asked.frontChannel()).contains(mode))
                .flatMap(_ -> invalid(
                        "response_mode is none of " + String.join(", ", ResponseMode.names(asked.frontChannel()))));
    }

    /// RFC 7636 section 4.3, RFC 9700 section 2.1.1 (GAUNTLET B05). Without a code there is nothing to bind.
    private static Optional<AuthorizeError> pkce(Asked asked) {
        if (asked.frontChannel()) {
            return Optional.empty();
        }
        Form form = asked.form();
        Optional<String> challenge = form.value("code_challenge");
        if (challenge.isEmpty()) {
            return form.has("code_challenge_method")
                            || asked.client().application().terms().pkceRequired()
                    ? invalid("code_challenge is missing")
                    : Optional.empty();
        }
        if (!form.value("code_challenge_method").equals(Optional.of(Pkce.METHOD))) {
            return invalid("code_challenge_method must be S256");
        }
        return Pkce.challenge(challenge.get())
                ? Optional.empty()
                : invalid("code_challenge is not the base64url of a SHA-256");
    }

    /// RFC 9449 section 10.
    private static Optional<AuthorizeError> key(Asked asked) {
        return asked.form()
                .value("dpop_jkt")
                .filter(key -> !Confirmation.thumbprint(key))
                .flatMap(_ -> invalid("dpop_jkt is not the base64url of a SHA-256"));
    }

    private static Optional<AuthorizeError> scope(Asked asked) {
        return asked.form()
                .value("scope")
                .filter(list -> Scopes.parse(list).isEmpty())
                .map(_ -> new AuthorizeError("invalid_scope", "scope is no list of scopes"));
    }

    /// RFC 9396 section 5. With an ID token alone nobody calls anything.
    private static Optional<AuthorizeError> details(Asked asked) {
        if (asked.type().equals(Optional.of(ResponseType.ID_TOKEN))
                && asked.form().has(DetailsParameter.NAME)) {
            return Optional.of(
                    new AuthorizeError(DetailsParameter.ERROR, "an ID token alone has no authorization_details"));
        }
        return asked.detailed() instanceof DetailsParameter.Read.Wrong(String why)
                ? Optional.of(new AuthorizeError(DetailsParameter.ERROR, why))
                : Optional.empty();
    }

    /// RFC 8707 section 2: an Api issues tokens for itself.
    private static Optional<AuthorizeError> resource(Asked asked) {
        return asked.form()
                .value("resource")
                .filter(resource -> !ProtectedResource.named(resource, asked.api()))
                .map(_ -> new AuthorizeError("invalid_target", "the resource is not the one that is served here"));
    }

    /// OpenID Connect Core section 3.1.2.1: `redirect_uri` is required there.
    private static Optional<AuthorizeError> openId(Asked asked) {
        return asked.openId() && !asked.form().has("redirect_uri")
                ? invalid("redirect_uri is missing")
                : Optional.empty();
    }

    private static Optional<AuthorizeError> prompt(Asked asked) {
        List<String> prompts = asked.form()
                .value("prompt")
                .map(list -> List.of(list.split(" ", -1)))
                .orElse(List.of());
        if (!PROMPTS.containsAll(prompts)) {
            return invalid("prompt is not one of none, login, consent and select_account");
        }
        return prompts.size() > 1 && prompts.contains("none") ? invalid("prompt none stands alone") : Optional.empty();
    }

    private static Optional<AuthorizeError> maxAge(Asked asked) {
        return asked.form()
                .value("max_age")
                .filter(age -> !SECONDS.matcher(age).matches())
                .flatMap(_ -> invalid("max_age is no number of seconds"));
    }

    /// Core section 5.5.
    private static Optional<AuthorizeError> claims(Asked asked) {
        return asked.form()
                .value("claims")
                .filter(claims -> AskedClaims.read(claims)
                        .filter(read -> read.beside(asked.scopes()).fits())
                        .isEmpty())
                .flatMap(_ -> invalid("claims is no object of userinfo and id_token that can be read"));
    }

    /// What is sent back as it came, or kept, is bounded and can be shown (RFC 6749 appendix A.5).
    private static Optional<AuthorizeError> texts(Asked asked) {
        return List.of("state", "nonce").stream()
                .filter(name -> asked.form().value(name).orElse("").length() > MAX_TEXT
                        || !asked.form().plain(name))
                .findFirst()
                .flatMap(name ->
                        invalid(name + " is longer than " + MAX_TEXT + " characters, or has control characters"));
    }

    private static Optional<AuthorizeError> invalid(String what) {
        return Optional.of(AuthorizeError.invalid(what));
    }
}
