package dev.gatehouse.oauth.endpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One name or value in `application/x-www-form-urlencoded` (RFC 6749 appendix B).
final class FormText {
    private FormText() {}

    /// Decodes `+` and percent-encodings. Empty for anything that is not printable ASCII before decoding, for a `%`
    /// without two hexadecimal digits, and for ill-formed UTF-8, which is never replaced by something else
    /// (GAUNTLET C05).
    static Optional<String> decode(String text) {
        byte[] out = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                int octet = octet(text, i);
                if (octet < 0) {
                    return Optional.empty();
                }
                out[length++] = (byte) octet;
                i += 2;
            } else if (c > 0x20 && c < 0x7f) {
                out[length++] = (byte) (c == '+' ? ' ' : c);
            } else {
                return Optional.empty();
            }
        }
        return utf8(out, length);
    }

    private static int octet(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(at + 1));
        int low = hex(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /// The text of some bytes; empty when they are not well-formed UTF-8.
    static Optional<String> utf8(byte[] bytes, int length) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// Whether a text has a control character in it.
    static boolean control(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
