package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Set<String> CHARSETS = Set.of("charset=utf-8", "charset=\"utf-8\"");

    /// Reads a request. The checks in order; the first that fails answers.
    static Read read(HttpFacts http, Api api) {
        if (!http.method().equals("POST")) {
            return new Read.Failed(new OAuthError.WrongMethod());
        }
        // RFC 6749 section 2.3.1: credentials must not be in the URI; so nothing is (GAUNTLET C01, C02)
        if (http.query().isPresent()) {
            return failed("parameters belong in the body");
        }
        if (!http.values("Content-Encoding").isEmpty()) {
            return new Read.Failed(new OAuthError.WrongMediaType());
        }
        if (http.body().length() == 0) {
            return failed("the body is empty");
        }
        if (!form(http.values("Content-Type"))) {
            return new Read.Failed(new OAuthError.WrongMediaType());
        }
        Optional<Form> form = Form.parse(http.body().toArray());
        return form.isPresent()
                ? read(http, form.get(), api)
                : failed("the body is not a well-formed form without repeated parameters");
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

    /// Exactly one Content-Type, the form's, with no parameter but `charset=utf-8` (GAUNTLET C03).
    private static boolean form(List<String> contentTypes) {
        if (contentTypes.size() != 1) {
            return false;
        }
        List<String> parts =
                List.of(contentTypes.getFirst().toLowerCase(Locale.ROOT).split(";", 3));
        return parts.getFirst().strip().equals(FORM)
                && (parts.size() == 1
                        || (parts.size() == 2 && CHARSETS.contains(parts.get(1).strip())));
    }

    private static Read failed(String what) {
        return new Read.Failed(new OAuthError.InvalidRequest(what));
    }
}
