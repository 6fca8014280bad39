package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.SigningAlgorithm;
import dev.gatehouse.oauth.jose.JwsVerifier;
import dev.gatehouse.oauth.jose.JwsWriter;
import dev.gatehouse.oauth.jose.PublicJwk;

/// A signature key ready for use.
///
/// @param writer writes the one type of JWS that the key is for
public record SigningKey(
        KeyLife life, SigningAlgorithm algorithm, JwsWriter writer, JwsVerifier verifier, PublicJwk jwk) {}
