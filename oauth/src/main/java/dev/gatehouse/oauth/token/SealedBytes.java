package dev.gatehouse.oauth.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Numbers of 7 bits a byte, the lowest first, and strings with their length in front.
final class SealedBytes {
    /// The most bytes of a number.
    static final int MAX_NUMBER = 9;

    private SealedBytes() {}

    static void number(ByteBuffer out, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("numbers in tokens are not negative");
        }
        long rest = value;
        while (rest > 0x7f) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static void string(ByteBuffer out, byte[] utf8) {
        number(out, utf8.length);
        out.put(utf8);
    }

    /// The next number, or -1.
    static long number(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < MAX_NUMBER && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    static Optional<String> string(ByteBuffer in) {
        long length = number(in);
        if (length < 0 || length > in.remaining()) {
            return Optional.empty();
        }
        ByteBuffer utf8 = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
