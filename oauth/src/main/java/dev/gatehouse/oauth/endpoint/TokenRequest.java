package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Scopes;
import java.util.Optional;

/// A token request, read and not yet believed.
///
/// @param byHeader whether the client authenticates in the Authorization header
record TokenRequest(Presented.Client client, boolean byHeader, Optional<Scopes> scopes) {
    /// What reading gave.
    sealed interface Read {
        /// A client credentials request (RFC 6749 section 4.4.2).
        record Request(TokenRequest request) implements Read {}

        /// None.
        record Failed(OAuthError error) implements Read {}
    }

    private static final String CLIENT_CREDENTIALS = "client_credentials";

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
            return failed("grant_type is missing");
        }
        ClientAuthentication.Read client = ClientAuthentication.read(http, form);
        return switch (client) {
            case ClientAuthentication.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case ClientAuthentication.Read.Shown shown ->
                grant.get().equals(CLIENT_CREDENTIALS)
                        ? clientCredentials(shown, form, api)
                        : new Read.Failed(new OAuthError.UnsupportedGrantType());
        };
    }

    private static Read clientCredentials(ClientAuthentication.Read.Shown shown, Form form, Api api) {
        Optional<String> resource = form.value("resource");
        if (resource.isPresent() && !resource.get().equals(api.audience())) {
            return new Read.Failed(new OAuthError.InvalidTarget());
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidScope());
        }
        return new Read.Request(new TokenRequest(shown.client(), shown.byHeader(), scopes));
    }

    private static Read failed(String what) {
        return new Read.Failed(new OAuthError.InvalidRequest(what));
    }
}
