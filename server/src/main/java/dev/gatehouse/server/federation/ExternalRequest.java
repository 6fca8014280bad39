package dev.gatehouse.server.federation;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.oauth.federation.ProviderMetadata;
import dev.gatehouse.oauth.federation.Ticket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The request that a browser takes to a provider (OpenID Connect Core section 3.1.2.1).
final class ExternalRequest {
    private ExternalRequest() {}

    /// The address to go to.
    static String url(
            ProviderMetadata metadata,
            IdentityProvider provider,
            Api api,
            FederationFlow.Purpose purpose,
            Ticket ticket) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", provider.clientId());
        parameters.put("redirect_uri", FederationPaths.redirect(api, provider));
        parameters.put(
                "scope",
                Stream.concat(Stream.of("openid"), provider.scopes().stream())
                        .distinct()
                        .collect(Collectors.joining(" ")));
        parameters.put("state", ticket.state());
        parameters.put("nonce", ticket.nonce());
        parameters.put("code_challenge", ticket.challenge());
        parameters.put("code_challenge_method", "S256");
        purpose.loginHint().ifPresent(hint -> parameters.put("login_hint", hint));
        purpose.maxAgeSeconds().ifPresent(age -> parameters.put("max_age", Long.toString(age)));
        String prompt = Stream.of(
                        purpose.maxAgeSeconds().filter(age -> age == 0).map(_ -> "login"),
                        Optional.of("select_account").filter(_ -> purpose.selects()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        if (!prompt.isEmpty()) {
            parameters.put("prompt", prompt);
        }
        String address = metadata.authorization();
        return address
                + (address.indexOf('?') < 0 ? "?" : "&")
                + parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
