package dev.gatehouse.oauth.federation;

import dev.gatehouse.oauth.json.StrictJson;
import java.util.Optional;

/// What a token endpoint of somebody else answers (OpenID Connect Core section 3.1.3.3).
///
/// @param accessToken that came with the ID token
public record ExternalTokens(String idToken, Optional<String> accessToken) {
    /// The longest answer.
    public static final int MAX_LENGTH = 64 * 1024;

    /// Reads an answer; empty when there is no ID token in it.
    public static Optional<ExternalTokens> read(byte[] body) {
        return body.length > MAX_LENGTH
                ? Optional.empty()
                : StrictJson.object(body)
                        .flatMap(answer -> answer.text("id_token")
                                .map(token -> new ExternalTokens(token, answer.text("access_token"))));
    }

    /// Shows neither.
    @Override
    public String toString() {
        return "[tokens]";
    }
}
