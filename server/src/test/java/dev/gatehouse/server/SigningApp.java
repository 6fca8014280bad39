package dev.gatehouse.server;

import dev.gatehouse.server.RunningServer.Got;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An application of the Api `orders` that signs people in and has keys, one for each name in its key set.
///
/// @param keys its keys by their names
record SigningApp(RunningServer server, String application, String clientId, Map<String, KeyPair> keys) {
    static final String REDIRECT = "https://signer.example.com/cb";
    static final String STATE = "af0ifjsldkj";

    /// @param more further members of the client, beginning with a comma
    static SigningApp create(RunningServer server, String name, List<String> keyIds, String more) {
        String role = Setup.role(server, "role-of-" + name, List.of("things:read", "openid"), "orders");
        var made = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"" + name + "\",\"role\":\"" + role + "\",\"token_endpoint_auth_method\":"
                        + "\"private_key_jwt\",\"grant_types\":[\"authorization_code\"],\"redirect_uris\":[\""
                        + REDIRECT + "\"]" + more + "}");
        Map<String, KeyPair> keys = new LinkedHashMap<>();
        keyIds.forEach(keyId -> keys.put(keyId, SigningClient.draw()));
        String jwks = keys.entrySet().stream()
                .map(one -> SigningClient.jwks(one.getKey(), one.getValue()))
                .map(set -> set.substring("{\"keys\":[".length(), set.length() - "]}".length()))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        Customer.created(
                server,
                "/v1/applications/" + made.get("id").asString() + "/credentials",
                SigningClient.body("keys", jwks));
        return new SigningApp(
                server, made.get("id").asString(), made.get("client_id").asString(), keys);
    }

    /// What signs under this key.
    SigningClient with(String keyId) {
        return new SigningClient("", application, clientId, "", keys.get(keyId), keyId);
    }

    /// What it asks for.
    Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", REDIRECT);
        request.put("scope", "openid things:read");
        request.put("state", STATE);
        request.put("code_challenge", CodeFlow.CHALLENGE);
        request.put("code_challenge_method", "S256");
        return request;
    }

    /// The claims of an object of that.
    Map<String, Object> object(Instant now) {
        Map<String, Object> claims = request();
        claims.put("iss", clientId);
        claims.put("aud", server.base("orders"));
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 300);
        return claims;
    }

    /// Pushes these parameters, proving itself by this assertion.
    Got push(Map<String, ?> parameters, String assertion) {
        return server.form("orders", "/oauth2/par", SigningClient.form(assertion, form(parameters)));
    }

    static String form(Map<String, ?> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(String.valueOf(one.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
