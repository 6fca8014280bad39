package dev.gatehouse.connect.platform;

import dev.gatehouse.core.secret.SigningAlgorithm;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a platform wants to read in the assertion that a token is obtained with (RFC 7523 section 3).
///
/// @param algorithm that it is signed with
/// @param issuer who signs it (`iss`)
/// @param subject who the token is for (`sub`); left out where the credential has no such part
/// @param audience who it is for (`aud`)
/// @param keyId which key it is signed with (`kid`), where the platform knows several
/// @param claims further ones; each left out where the credential has no such part
/// @param life from when it was made (`iat`) until it ends (`exp`), which is some seconds less from now
public record Assertion(
        SigningAlgorithm algorithm,
        Template issuer,
        Optional<Template> subject,
        Template audience,
        Optional<Template> keyId,
        Map<String, Template> claims,
        Duration life) {
    /// Keeps a copy.
    public Assertion {
        claims = Map.copyOf(claims);
    }
}
