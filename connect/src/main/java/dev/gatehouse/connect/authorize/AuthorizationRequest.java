package dev.gatehouse.connect.authorize;

import dev.gatehouse.connect.platform.OAuth;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.refresh.Parts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The request that a browser takes to a platform's authorization endpoint (RFC 6749 section 4.1.1).
///
/// @param given what is known of the credential: addresses and scopes may need it
/// @param clientId the operator's client at the platform
/// @param redirect where the browser comes back to; each platform has one of its own (GAUNTLET J03)
public record AuthorizationRequest(Platform platform, Platform.Way way, Parts given, String clientId, String redirect) {
    /// The address to go to; empty when there is none at a host of the platform.
    public Optional<String> url(Ticket ticket) {
        Map<String, String> values = given.reveal();
        return platform.oauth()
                .flatMap(oauth -> oauth.authorize()
                        .flatMap(address -> address.fill(values))
                        .filter(platform::owns)
                        .map(address -> address
                                + (address.indexOf('?') < 0 ? "?" : "&")
                                + query(parameters(oauth, values, ticket))));
    }

    /// Where the address is, for the pages that lead there: a scheme and a host.
    public Optional<String> origin() {
        return platform.oauth()
                .flatMap(OAuth::authorize)
                .flatMap(address -> address.fill(given.reveal()))
                .filter(platform::owns)
                .map(address -> {
                    int path = address.indexOf('/', "https://".length());
                    return path < 0 ? address : address.substring(0, path);
                });
    }

    private Map<String, String> parameters(OAuth oauth, Map<String, String> values, Ticket ticket) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirect);
        String scope = way.scopes().orElse(oauth.scopes()).stream()
                .flatMap(one -> one.fill(values).stream())
                .collect(Collectors.joining(oauth.separator()));
        if (!scope.isEmpty()) {
            parameters.put("scope", scope);
        }
        parameters.put("state", ticket.state());
        if (oauth.pkce()) {
            parameters.put("code_challenge", ticket.challenge());
            parameters.put("code_challenge_method", "S256");
        }
        oauth.parameters().forEach((name, value) -> value.fill(values).ifPresent(text -> parameters.put(name, text)));
        return parameters;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
