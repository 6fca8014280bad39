package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import java.util.Optional;
import java.util.Set;

/// The two grants of web pages, which have no secret: a domain key for a token, and a token for its successor.
/// They are extension grants of ours (RFC 6749 section 4.5) and take no client authentication: what is shown and
/// the page's origin are all the proof there is.
final class PageGrants {
    static final String DOMAIN_KEY = "urn:gatehouse:grant-type:domain-key";
    static final String RENEWAL = "urn:gatehouse:grant-type:renewal";

    /// Both.
    static final Set<String> TYPES = Set.of(DOMAIN_KEY, RENEWAL);

    private static final int MAX_KEY = 512;

    private PageGrants() {}

    /// Reads what each of them takes. The checks in order; the first that fails answers.
    static TokenRequest.Read read(String grant, HttpFacts http, Form form, Api api) {
        boolean authenticated = !http.values("Authorization").isEmpty()
                || form.has("client_secret")
                || form.has("client_assertion")
                || form.has("client_assertion_type");
        if (authenticated) {
            return failed("this grant takes no client authentication");
        }
        return grant.equals(DOMAIN_KEY) ? key(form, api) : token(form, api);
    }

    private static TokenRequest.Read key(Form form, Api api) {
        Optional<String> key = form.value("domain_key");
        if (key.isEmpty()) {
            return failed("domain_key is missing");
        }
        return key.get().length() > MAX_KEY
                ? new TokenRequest.Read.Failed(new OAuthError.InvalidClient(false))
                : TokenRequest.granted(
                        new Presented.DomainKey(Secret.of(key.get())), false, form, api, TokenRequest.Grant.DOMAIN_KEY);
    }

    private static TokenRequest.Read token(Form form, Api api) {
        return form.value("token")
                .map(token -> TokenRequest.granted(
                        new Presented.Token(Secret.of(token)), false, form, api, TokenRequest.Grant.RENEWAL))
                .orElseGet(() -> failed("token is missing"));
    }

    private static TokenRequest.Read failed(String what) {
        return new TokenRequest.Read.Failed(new OAuthError.InvalidRequest(what));
    }
}
