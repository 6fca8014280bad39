package dev.gatehouse.oauth.factor;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Base 32 (RFC 4648 section 6) without padding: how authenticator apps take secrets.
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        int left = 0;
        int held = 0;
        for (byte one : bytes) {
            held = (held << Byte.SIZE) | (one & 0xff);
            left += Byte.SIZE;
            while (left >= BITS) {
                left -= BITS;
                out.append(ALPHABET.charAt((held >> left) & 31));
            }
        }
        return left > 0
                ? out.append(ALPHABET.charAt((held << (BITS - left)) & 31)).toString()
                : out.toString();
    }

    /// Empty when it has characters of another alphabet.
    static Optional<byte[]> decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int left = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            held = (held << BITS) | value;
            left += BITS;
            if (left >= Byte.SIZE) {
                left -= Byte.SIZE;
                out.write(held >> left);
            }
        }
        return Optional.of(out.toByteArray());
    }
}
