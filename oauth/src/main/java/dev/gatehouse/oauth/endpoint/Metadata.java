package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `/.well-known/oauth-authorization-server` (RFC 8414) of an Api.
public final class Metadata {
    /// Where the document itself is (RFC 8414 section 3).
    public static final String PATH = "/.well-known/oauth-authorization-server";

    /// Where the token endpoint is below the issuer.
    public static final String TOKEN_PATH = "/oauth2/token";

    /// Where the JWKS document is below the issuer.
    public static final String JWKS_PATH = "/oauth2/jwks";

    /// Where the introspection endpoint is below the issuer.
    public static final String INTROSPECTION_PATH = "/oauth2/introspect";

    /// Where the revocation endpoint is below the issuer.
    public static final String REVOCATION_PATH = "/oauth2/revoke";

    private static final List<String> CLIENT_METHODS = List.of("client_secret_basic", "client_secret_post");

    private static final List<String> GRANTS = List.of(
            TokenRequest.CLIENT_CREDENTIALS, TokenExchange.GRANT_TYPE, PageGrants.DOMAIN_KEY, PageGrants.RENEWAL);

    private Metadata() {}

    /// The document.
    public static Reply answer(HttpFacts http, Api api) {
        String base = api.issuer().endsWith("/")
                ? api.issuer().substring(0, api.issuer().length() - 1)
                : api.issuer();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuer", api.issuer());
        members.put("token_endpoint", base + TOKEN_PATH);
        members.put("jwks_uri", base + JWKS_PATH);
        members.put("scopes_supported", api.catalogue().all().list());
        members.put("response_types_supported", List.of());
        members.put("grant_types_supported", GRANTS);
        members.put("token_endpoint_auth_methods_supported", CLIENT_METHODS);
        members.put("revocation_endpoint", base + REVOCATION_PATH);
        members.put("revocation_endpoint_auth_methods_supported", CLIENT_METHODS);
        members.put("introspection_endpoint", base + INTROSPECTION_PATH);
        members.put("introspection_endpoint_auth_methods_supported", CLIENT_METHODS);
        return Documents.answer(http, members);
    }
}
