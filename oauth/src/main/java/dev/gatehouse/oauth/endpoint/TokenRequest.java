package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Scopes;
import java.util.Optional;

/// A token request, read and not yet believed.
///
/// @param presented the client, and what it exchanges or for whom it acts
/// @param byHeader whether the client authenticates in the Authorization header
/// @param exchange whether it is a token exchange, whose answer says what was issued
record TokenRequest(Presented presented, boolean byHeader, Optional<Scopes> scopes, boolean exchange) {
    /// What reading gave.
    sealed interface Read {
        /// A request.
        record Request(TokenRequest request) implements Read {}

        /// None.
        record Failed(OAuthError error) implements Read {}
    }

    static final String CLIENT_CREDENTIALS = "client_credentials";

    /// Reads a request. The checks in order; the first that fails answers.
    static Read read(HttpFacts http, Api api) {
        return switch (FormRequest.read(http)) {
            case FormRequest.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case FormRequest.Read.Sent(Form form) -> read(http, form, api);
        };
    }

    private static Read read(HttpFacts http, Form form, Api api) {
        Optional<String> grant = form.value("grant_type");
        if (grant.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidRequest("grant_type is missing"));
        }
        return switch (ClientAuthentication.read(http, form)) {
            case ClientAuthentication.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case ClientAuthentication.Read.Shown shown ->
                switch (grant.get()) {
                    // RFC 6749 section 4.4.2
                    case CLIENT_CREDENTIALS -> granted(shown.client(), shown.byHeader(), form, api, false);
                    case TokenExchange.GRANT_TYPE -> TokenExchange.read(shown, form, api);
                    default -> new Read.Failed(new OAuthError.UnsupportedGrantType());
                };
        };
    }

    /// A token exchange, whose own parameters were read.
    static Read exchange(Presented presented, boolean byHeader, Form form, Api api) {
        return granted(presented, byHeader, form, api, true);
    }

    private static Read granted(Presented presented, boolean byHeader, Form form, Api api, boolean exchange) {
        if (!form.value("resource").orElse(api.audience()).equals(api.audience())) {
            return new Read.Failed(new OAuthError.InvalidTarget());
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidScope());
        }
        return new Read.Request(new TokenRequest(presented, byHeader, scopes, exchange));
    }
}
