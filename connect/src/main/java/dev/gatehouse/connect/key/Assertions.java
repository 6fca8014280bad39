package dev.gatehouse.connect.key;

import dev.gatehouse.connect.platform.Assertion;
import dev.gatehouse.connect.platform.Field;
import dev.gatehouse.connect.platform.Template;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Signs what platforms give tokens for (RFC 7523 section 3), with the private key of the credential. Each is
/// made for one request, and has an id of its own.
///
/// @param clock by which they end
public record Assertions(InstantSource clock, RandomGenerator random) {
    /// RFC 7518 section 3.5.
    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private static final int ID_BYTES = 16;

    /// How much earlier each was made than it was: the platform's clock may be behind, and what is of its future it
    /// does not take.
    private static final Duration SKEW = Duration.ofSeconds(10);

    /// The assertion, of the parts of a credential; empty where a part that it needs is missing, or the key is none
    /// for its algorithm.
    public Optional<Secret> sign(Assertion terms, Map<String, String> values) {
        Optional<String> issuer = terms.issuer().fill(values);
        Optional<String> audience = terms.audience().fill(values);
        if (issuer.isEmpty() || audience.isEmpty()) {
            return Optional.empty();
        }
        JwtText claims = JwtText.of("iss", issuer.get()).with("aud", audience.get());
        terms.subject().flatMap(template -> template.fill(values)).ifPresent(text -> claims.with("sub", text));
        for (Map.Entry<String, Template> claim : new TreeMap<>(terms.claims()).entrySet()) {
            claim.getValue().fill(values).ifPresent(text -> claims.with(claim.getKey(), text));
        }
        Instant made = clock.instant().minus(SKEW);
        claims.with("iat", made.getEpochSecond())
                .with("exp", made.plus(terms.life()).getEpochSecond())
                .with("jti", id());
        JwtText header = JwtText.of("alg", terms.algorithm().wire()).with("typ", "JWT");
        terms.keyId().flatMap(template -> template.fill(values)).ifPresent(text -> header.with("kid", text));
        String signed = header.encoded() + "." + claims.encoded();
        return Optional.ofNullable(values.get(Field.PRIVATE_KEY))
                .flatMap(PrivateKeys::read)
                .filter(key -> PrivateKeys.signs(key, terms.algorithm()))
                .flatMap(key -> signature(key, terms.algorithm(), signed))
                .map(signature -> Secret.of(signed + "." + signature));
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Empty for numbers that are no key, which some providers notice only here, by whatever exception.
    static Optional<String> signature(PrivateKey key, SigningAlgorithm algorithm, String signed) {
        try {
            Signature signature = Signature.getInstance(
                    switch (algorithm) {
                        case RS256 -> "SHA256withRSA";
                        case PS256 -> "RSASSA-PSS";
                        case ES256 -> "SHA256withECDSAinP1363Format";
                        case EDDSA -> "Ed25519";
                    });
            if (algorithm == SigningAlgorithm.PS256) {
                signature.setParameter(PSS);
            }
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
        } catch (GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
