package dev.gatehouse.oauth.federation;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.keys.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What we sign to prove ourselves to a provider (RFC 7523 section 3): for its issuer and nobody else, with a
/// type of its own, so that whoever gets one can show it nowhere else (RFC 8725 section 3.11).
///
/// @param random a secure one
public record OwnAssertion(Keys keys, InstantSource clock, RandomGenerator random) {
    /// What it says that it is.
    public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int JTI_BYTES = 16;

    /// One for this moment. Empty when the installation has no key for it.
    ///
    /// @throws FactsUnavailable when the keys cannot be read now
    public Optional<Secret> sign(String clientId, String issuer) {
        byte[] jti = new byte[JTI_BYTES];
        random.nextBytes(jti);
        long now = clock.instant().getEpochSecond();
        StringBuilder claims = new StringBuilder("{");
        JsonText.member(claims, "iss", clientId);
        JsonText.member(claims.append(','), "sub", clientId);
        JsonText.member(claims.append(','), "aud", issuer);
        JsonText.member(claims.append(','), "jti", Base64Url.encode(jti));
        claims.append(",\"iat\":").append(now);
        claims.append(",\"exp\":").append(now + LIFE.toSeconds()).append('}');
        keys.catchUp();
        return keys.ring()
                .asserting()
                .map(key -> Secret.of(key.writer()
                        .typed("client-authentication+jwt")
                        .write(claims.toString().getBytes(StandardCharsets.UTF_8))));
    }
}
