package dev.gatehouse.core.proof;

import dev.gatehouse.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// User and password of the Basic scheme (RFC 7617), as a user sends them: nothing in them is form-encoded. That
/// is only for the clients of OAuth (RFC 6749 section 2.3.1).
public record BasicUser(String username, Secret password) {
    private static final String SCHEME = "basic ";

    /// Reads the value of an `Authorization` header. Empty when it is of another scheme, no strict Base64, or
    /// without a colon. Bytes that are UTF-8 are read as that; all others as ISO-8859-1, which older clients
    /// send.
    public static Optional<BasicUser> read(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String text = text(bytes);
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new BasicUser(text.substring(0, colon), Secret.of(text.substring(colon + 1))));
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
