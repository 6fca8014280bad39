package dev.gatehouse.server.federation;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressRequest;
import dev.gatehouse.egress.Fetched;
import dev.gatehouse.oauth.federation.ExternalTokens;
import dev.gatehouse.oauth.federation.OwnAssertion;
import dev.gatehouse.oauth.federation.ProviderMetadata;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Redeems a code at the token endpoint of a provider (OpenID Connect Core section 3.1.3), through the one
/// client for what others name (GAUNTLET J06, J07). Blocks, for a few seconds at most.
///
/// @param own to where the provider is; answers within seconds
/// @param elsewhere to where its document says, and to nothing that the operator opened
public record CodeExchange(Egress own, Egress elsewhere, ProviderVault vault, OwnAssertion assertion) {
    /// Empty when the provider does not answer, or not with an ID token.
    Optional<ExternalTokens> redeem(
            Held held, ProviderMetadata metadata, Secret code, String redirect, Secret verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code.reveal());
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier.reveal());
        List<Header> headers = new ArrayList<>(List.of(
                new Header("Accept", "application/json"),
                new Header("Content-Type", "application/x-www-form-urlencoded")));
        return proves(held, metadata, form, headers)
                ? answer(
                        metadata.own(metadata.token()) ? own : elsewhere,
                        new EgressRequest("POST", metadata.token(), headers, body(form), ExternalTokens.MAX_LENGTH))
                : Optional.empty();
    }

    private boolean proves(Held held, ProviderMetadata metadata, Map<String, String> form, List<Header> headers) {
        IdentityProvider provider = held.provider();
        Optional<Secret> secret =
                provider.method().secret() ? vault.open(held) : assertion.sign(provider.clientId(), metadata.issuer());
        if (secret.isEmpty()) {
            return false;
        }
        if (provider.method() == ProviderMethod.SECRET_BASIC) {
            String both =
                    encoded(provider.clientId()) + ":" + encoded(secret.get().reveal());
            headers.add(new Header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))));
            return true;
        }
        form.put("client_id", provider.clientId());
        if (provider.method() == ProviderMethod.SECRET_POST) {
            form.put("client_secret", secret.get().reveal());
        } else {
            form.put("client_assertion_type", OwnAssertion.TYPE);
            form.put("client_assertion", secret.get().reveal());
        }
        return true;
    }

    private static Optional<ExternalTokens> answer(Egress egress, EgressRequest request) {
        return egress.fetch(request) instanceof Fetched.Answer(int status, var _, Bytes body) && status == 200
                ? ExternalTokens.read(body.toArray())
                : Optional.empty();
    }

    private static Bytes body(Map<String, String> form) {
        return Bytes.of(form.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
