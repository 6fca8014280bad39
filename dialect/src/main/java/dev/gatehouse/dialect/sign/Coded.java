package dev.gatehouse.dialect.sign;

import dev.gatehouse.dialect.model.Signing.Coding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Pieces of what is signed, coded as common libraries of clients do it (Python's `quote_plus`, `quote` and
/// `json.dumps`), byte for byte.
final class Coded {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private Coded() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Empty where bytes that are no UTF-8 were to become JSON.
    static Optional<byte[]> of(byte[] piece, List<Coding> codings) {
        byte[] coded = piece;
        for (Coding coding : codings) {
            switch (coding) {
                case PLUS -> coded = percent(coded, false);
                case PERCENT -> coded = percent(coded, true);
                case JSON -> {
                    Optional<String> text = text(coded);
                    if (text.isEmpty()) {
                        return Optional.empty();
                    }
                    coded = utf8(json(text.get()));
                }
            }
        }
        return Optional.of(coded);
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// @param slashes whether slashes stay as they are, and blanks become `%20` rather than `+`
    private static byte[] percent(byte[] bytes, boolean slashes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 2);
        for (byte one : bytes) {
            if (plain(one) || (slashes && one == '/')) {
                out.write(one);
            } else if (!slashes && one == ' ') {
                out.write('+');
            } else {
                out.write('%');
                out.write(DIGITS[(one >> 4) & 0xf]);
                out.write(DIGITS[one & 0xf]);
            }
        }
        return out.toByteArray();
    }

    private static boolean plain(byte one) {
        return (one >= 'a' && one <= 'z')
                || (one >= 'A' && one <= 'Z')
                || (one >= '0' && one <= '9')
                || one == '-'
                || one == '.'
                || one == '_'
                || one == '~';
    }

    /// A string in ASCII: everything else as `\\uXXXX`, in pairs where UTF-16 has pairs.
    static String json(String text) {
        StringBuilder out = new StringBuilder(text.length() + text.length() / 4 + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\f' -> out.append("\\f");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        out.append("\\u")
                                .append(Character.forDigit(c >> 12, 16))
                                .append(Character.forDigit((c >> 8) & 0xf, 16))
                                .append(Character.forDigit((c >> 4) & 0xf, 16))
                                .append(Character.forDigit(c & 0xf, 16));
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
