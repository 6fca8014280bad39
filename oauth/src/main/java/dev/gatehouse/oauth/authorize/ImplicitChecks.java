package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.right.Identity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What is checked besides of a request that is answered with tokens in place of a code.
final class ImplicitChecks {
    private static final List<Function<Asked, Optional<AuthorizeError>>> IN_ORDER =
            List.of(ImplicitChecks::openId, ImplicitChecks::nonce, ImplicitChecks::key, ImplicitChecks::bound);

    private ImplicitChecks() {}

    /// The first rule that is broken; none of a request for a code.
    static Optional<AuthorizeError> first(Asked asked) {
        return asked.frontChannel()
                ? IN_ORDER.stream()
                        .flatMap(check -> check.apply(asked).stream())
                        .findFirst()
                : Optional.empty();
    }

    /// The response types are those of OpenID Connect Core section 3.2.2.1, which has `openid` in the scope.
    private static Optional<AuthorizeError> openId(Asked asked) {
        return asked.form().has("scope") && asked.openId()
                ? Optional.empty()
                : Optional.of(AuthorizeError.invalid("scope has no " + Identity.OPENID));
    }

    /// Core section 3.2.2.1: by it alone the client knows that an ID token was made for what it asked.
    private static Optional<AuthorizeError> nonce(Asked asked) {
        return asked.form().has("nonce") ? Optional.empty() : Optional.of(AuthorizeError.invalid("nonce is missing"));
    }

    /// RFC 9449 section 10 binds codes.
    private static Optional<AuthorizeError> key(Asked asked) {
        return asked.form().has("dpop_jkt")
                ? Optional.of(AuthorizeError.invalid("dpop_jkt is for codes: no token in a redirect is bound to a key"))
                : Optional.empty();
    }

    /// What a browser brings is bound to nothing, and decided on as if it were a token.
    private static Optional<AuthorizeError> bound(Asked asked) {
        ClientTerms terms = asked.client().application().terms();
        return asked.api().clients().allows(Optional.empty(), terms)
                ? Optional.empty()
                : Optional.of(new AuthorizeError(
                        "unauthorized_client", "this client's tokens are bound to a key or a certificate"));
    }
}
