package dev.gatehouse.oauth.jose;

import java.util.Base64;
import java.util.Optional;

/// Base64url without padding (RFC 7515 section 2) in its one canonical spelling.
public final class Base64Url {
    private Base64Url() {}

    /// The text of some bytes.
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The bytes of a text; empty when it has padding, white space, other characters, or bits left over that are
    /// not zero, so that two texts never stand for the same bytes (GAUNTLET E09).
    public static Optional<byte[]> decode(String text) {
        int rest = text.length() % 4;
        if (rest == 1) {
            return Optional.empty();
        }
        byte[] out = new byte[text.length() / 4 * 3 + Math.max(0, rest - 1)];
        int bits = 0;
        int held = 0;
        int to = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            held = held << 6 | digit;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                out[to++] = (byte) (held >>> bits);
                held &= (1 << bits) - 1;
            }
        }
        return held == 0 ? Optional.of(out) : Optional.empty();
    }

    private static int digit(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : c == '_' ? 63 : -1;
    }
}
