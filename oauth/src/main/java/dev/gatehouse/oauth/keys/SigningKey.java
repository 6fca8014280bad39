package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.oauth.jose.JwsVerifier;
import dev.gatehouse.oauth.jose.JwsWriter;
import dev.gatehouse.oauth.jose.PublicJwk;
import java.util.List;

/// A signature key ready for use.
///
/// @param writer writes the type of JWS that the key is for
public record SigningKey(
        KeyLife life, SigningAlgorithm algorithm, JwsWriter writer, JwsVerifier verifier, PublicJwk jwk) {
    /// The type of ID tokens.
    public static final String PLAIN = "JWT";

    /// What each Api has keys of for ID tokens and other answers to clients: the one algorithm that every client
    /// knows (OpenID Connect Core section 15.1), and the one for clients that may not use it (FAPI 2.0 section
    /// 5.4.1).
    static final List<SigningAlgorithm> ALWAYS = List.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256);

    /// The same, and what is drawn once a client asks for it.
    public static final List<SigningAlgorithm> IDENTIFYING =
            List.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256, SigningAlgorithm.PS256);
}
