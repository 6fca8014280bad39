package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Scopes;
import java.util.Optional;
import java.util.Set;

/// A token request, read and not yet believed.
///
/// @param presented the client, and what it exchanges or for whom it acts; or what a page has
/// @param byHeader whether the client authenticates in the Authorization header
record TokenRequest(Presented presented, boolean byHeader, Optional<Scopes> scopes, Grant grant) {
    /// On what ground a token is asked for.
    enum Grant {
        CLIENT_CREDENTIALS,
        EXCHANGE,
        DOMAIN_KEY,
        RENEWAL
    }

    /// What reading gave.
    sealed interface Read {
        /// A request.
        record Request(TokenRequest request) implements Read {}

        /// None.
        record Failed(OAuthError error) implements Read {}
    }

    /// Applications that have a secret show it again; a token alone is no proof of them here.
    private static final Set<CredentialKind> RENEWED = Set.of(CredentialKind.DOMAIN_KEY);

    static final String CLIENT_CREDENTIALS = "client_credentials";

    /// Reads a request. The checks in order; the first that fails answers.
    static Read read(HttpFacts http, Api api) {
        return switch (FormRequest.read(http)) {
            case FormRequest.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case FormRequest.Read.Sent(Form form) -> read(http, form, api);
        };
    }

    /// What is asked of the decision.
    Ask ask(HttpFacts http) {
        return switch (grant) {
            case CLIENT_CREDENTIALS, EXCHANGE, DOMAIN_KEY -> new Ask.Mint(scopes, http.from(), http.origin());
            case RENEWAL -> new Ask.Renew(scopes, http.from(), http.origin(), RENEWED);
        };
    }

    /// A refusal on this wire.
    OAuthError error(Refusal refusal) {
        OAuthError error = OAuthError.of(refusal, byHeader);
        // RFC 6749 section 5.2: no client failed to prove itself here, the grant does not count
        return grant == Grant.RENEWAL && error instanceof OAuthError.InvalidClient
                ? new OAuthError.InvalidGrant()
                : error;
    }

    private static Read read(HttpFacts http, Form form, Api api) {
        Optional<String> grant = form.value("grant_type");
        if (grant.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidRequest("grant_type is missing"));
        }
        if (PageGrants.TYPES.contains(grant.get())) {
            return PageGrants.read(grant.get(), http, form, api);
        }
        return switch (ClientAuthentication.read(http, form)) {
            case ClientAuthentication.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case ClientAuthentication.Read.Shown shown ->
                switch (grant.get()) {
                    // RFC 6749 section 4.4.2
                    case CLIENT_CREDENTIALS ->
                        granted(shown.client(), shown.byHeader(), form, api, Grant.CLIENT_CREDENTIALS);
                    case TokenExchange.GRANT_TYPE -> TokenExchange.read(shown, form, api);
                    default -> new Read.Failed(new OAuthError.UnsupportedGrantType());
                };
        };
    }

    /// A token exchange, whose own parameters were read.
    static Read exchange(Presented presented, boolean byHeader, Form form, Api api) {
        return granted(presented, byHeader, form, api, Grant.EXCHANGE);
    }

    /// What every grant takes.
    static Read granted(Presented presented, boolean byHeader, Form form, Api api, Grant grant) {
        if (!form.value("resource").orElse(api.audience()).equals(api.audience())) {
            return new Read.Failed(new OAuthError.InvalidTarget());
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidScope());
        }
        return new Read.Request(new TokenRequest(presented, byHeader, scopes, grant));
    }
}
