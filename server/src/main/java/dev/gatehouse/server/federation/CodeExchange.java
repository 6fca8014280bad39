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
import dev.gatehouse.oauth.federation.ProviderMetadata;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import dev.gatehouse.oauth.keys.Keys;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Redeems a code at the token endpoint of a provider (OpenID Connect Core section 3.1.3), through the one client for
/// what others name (GAUNTLET J06, J07). Blocks, for a few seconds at most.
///
/// @param egress answers within seconds
record CodeExchange(
        Egress egress, ProviderVault vault, Keys keys, InstantSource clock, RandomGenerator random) {
    private static final Duration ASSERTION_LIFE = Duration.ofSeconds(60);
    private static final int JTI_BYTES = 16;
    private static final int MOST = 64 * 1024;
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// What came of it.
    ///
    /// @param accessToken that came with the ID token
    record Redeemed(String idToken, Optional<String> accessToken) {}

    /// Empty when the provider does not answer, or not with an ID token.
    Optional<Redeemed> redeem(Held held, ProviderMetadata metadata, Secret code, String redirect, Secret verifier) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code.reveal());
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier.reveal());
        List<Header> headers = new ArrayList<>(List.of(
                new Header("Accept", "application/json"),
                new Header("Content-Type", "application/x-www-form-urlencoded")));
        return proves(held, metadata, form, headers)
                ? answer(new EgressRequest("POST", metadata.token(), headers, body(form), MOST))
                : Optional.empty();
    }

    private boolean proves(
            Held held, ProviderMetadata metadata, Map<String, String> form, List<Header> headers) {
        IdentityProvider provider = held.provider();
        Optional<Secret> secret = provider.method().secret() ? vault.open(held) : assertion(provider, metadata);
        if (secret.isEmpty()) {
            return false;
        }
        if (provider.method() == ProviderMethod.SECRET_BASIC) {
            String both = encoded(provider.clientId()) + ":" + encoded(secret.get().reveal());
            headers.add(new Header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))));
            return true;
        }
        form.put("client_id", provider.clientId());
        if (provider.method() == ProviderMethod.SECRET_POST) {
            form.put("client_secret", secret.get().reveal());
        } else {
            form.put("client_assertion_type", ASSERTION);
            form.put("client_assertion", secret.get().reveal());
        }
        return true;
    }

    /// RFC 7523 section 3, for the issuer and nobody else, with a type of its own: whoever gets it can show it
    /// nowhere else.
    private Optional<Secret> assertion(IdentityProvider provider, ProviderMetadata metadata) {
        byte[] jti = new byte[JTI_BYTES];
        random.nextBytes(jti);
        long now = clock.instant().getEpochSecond();
        StringBuilder claims = new StringBuilder("{");
        JsonText.member(claims, "iss", provider.clientId());
        JsonText.member(claims.append(','), "sub", provider.clientId());
        JsonText.member(claims.append(','), "aud", metadata.issuer());
        JsonText.member(claims.append(','), "jti", Base64Url.encode(jti));
        claims.append(",\"iat\":").append(now);
        claims.append(",\"exp\":").append(now + ASSERTION_LIFE.toSeconds()).append('}');
        keys.catchUp();
        return keys.ring()
                .asserting()
                .map(key -> Secret.of(key.writer()
                        .typed("client-authentication+jwt")
                        .write(claims.toString().getBytes(StandardCharsets.UTF_8))));
    }

    private Optional<Redeemed> answer(EgressRequest request) {
        return egress.fetch(request) instanceof Fetched.Answer(int status, var _, Bytes body) && status == 200
                ? StrictJson.object(body.toArray()).flatMap(CodeExchange::redeemed)
                : Optional.empty();
    }

    private static Optional<Redeemed> redeemed(Json.Members answer) {
        return answer.text("id_token").map(token -> new Redeemed(token, answer.text("access_token")));
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
