package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.SigningAlgorithm;
import dev.gatehouse.oauth.jose.JwsVerifier;
import dev.gatehouse.oauth.jose.JwsWriter;
import dev.gatehouse.oauth.jose.PublicJwk;

/// A signature key ready for use.
///
/// @param writer writes the type of JWS that the key is for
public record SigningKey(
        KeyLife life, SigningAlgorithm algorithm, JwsWriter writer, JwsVerifier verifier, PublicJwk jwk) {
    /// The type of ID tokens.
    public static final String PLAIN = "JWT";

    /// What ID tokens are signed with: the one algorithm that every client knows (OpenID Connect Core section
    /// 15.1).
    public static final SigningAlgorithm IDENTIFYING = SigningAlgorithm.RS256;
}
