package dev.gatehouse.dialect.sign;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.dialect.model.Signing.Coding;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Pieces of what is signed, coded as common libraries of clients do it (Python's `quote_plus`, `quote` and
/// `json.dumps`), byte for byte. A piece goes through its codings as it is read, so that a long one is never in
/// memory several times.
final class Coded {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private Coded() {}

    /// Takes the bytes of a piece one by one, and its end.
    private interface Stage {
        void add(byte one);

        void end();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Whether it can be coded so: only text becomes JSON, and every coding makes ASCII.
    static boolean codable(ByteBuffer piece, List<Coding> codings) {
        return codings.isEmpty() || codings.getFirst() != Coding.JSON || text(piece.duplicate());
    }

    /// Whether nothing comes of it.
    static boolean empty(ByteBuffer piece, List<Coding> codings) {
        return !piece.hasRemaining() && !codings.contains(Coding.JSON);
    }

    /// Tells the coded piece.
    static void tell(ByteBuffer piece, List<Coding> codings, HmacSha256.Parts to) {
        Stage stage = new Gathered(to);
        for (Coding coding : codings.reversed()) {
            stage = switch (coding) {
                case PLUS -> new Percent(stage, false);
                case PERCENT -> new Percent(stage, true);
                case JSON -> new Json(stage);
            };
        }
        ByteBuffer bytes = piece.duplicate();
        while (bytes.hasRemaining()) {
            stage.add(bytes.get());
        }
        stage.end();
    }

    private static boolean text(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer some = CharBuffer.allocate(1024);
        while (true) {
            CoderResult result = decoder.decode(bytes, some.clear(), true);
            if (!result.isOverflow()) {
                return result.isUnderflow();
            }
        }
    }

    /// Tells bytes some at a time.
    private static final class Gathered implements Stage {
        private final HmacSha256.Parts to;
        private final byte[] some = new byte[1024];
        private int count;

        Gathered(HmacSha256.Parts to) {
            this.to = to;
        }

        @Override
        public void add(byte one) {
            some[count++] = one;
            if (count == some.length) {
                end();
            }
        }

        @Override
        public void end() {
            to.add(some, 0, count);
            count = 0;
        }
    }

    /// @param slashes whether slashes stay as they are, and blanks become `%20` rather than `+`
    private record Percent(Stage next, boolean slashes) implements Stage {
        @Override
        public void add(byte one) {
            if (plain(one) || (slashes && one == '/')) {
                next.add(one);
            } else if (!slashes && one == ' ') {
                next.add((byte) '+');
            } else {
                next.add((byte) '%');
                next.add(DIGITS[(one >> 4) & 0xf]);
                next.add(DIGITS[one & 0xf]);
            }
        }

        @Override
        public void end() {
            next.end();
        }
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

    /// A JSON string of bytes that are UTF-8.
    private static final class Json implements Stage {
        private final Stage next;
        private boolean begun;
        private int codePoint;
        private int follow;

        Json(Stage next) {
            this.next = next;
        }

        private void begin() {
            if (!begun) {
                begun = true;
                next.add((byte) '"');
            }
        }

        @Override
        public void add(byte one) {
            begin();
            if (follow > 0) {
                codePoint = codePoint << 6 | (one & 0x3f);
                follow--;
            } else {
                follow = one >= 0 ? 0 : Integer.numberOfLeadingZeros(~(one << 24)) - 1;
                codePoint = follow == 0 ? one : one & (0x3f >> follow);
            }
            if (follow == 0) {
                write(json(codePoint));
            }
        }

        private void write(String text) {
            for (int i = 0; i < text.length(); i++) {
                next.add((byte) text.charAt(i));
            }
        }

        @Override
        public void end() {
            begin();
            next.add((byte) '"');
            next.end();
        }
    }

    /// A string in ASCII: everything else as `\\u` and four hex digits, in pairs where UTF-16 has pairs.
    static String json(String text) {
        StringBuilder out = new StringBuilder(text.length() + text.length() / 4 + 2).append('"');
        text.codePoints().forEach(one -> out.append(json(one)));
        return out.append('"').toString();
    }

    private static String json(int codePoint) {
        return switch (codePoint) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\f' -> "\\f";
            case '\b' -> "\\b";
            default -> {
                if (codePoint >= ' ' && codePoint <= '~') {
                    yield String.valueOf((char) codePoint);
                }
                StringBuilder out = new StringBuilder(12);
                for (char unit : Character.toChars(codePoint)) {
                    out.append("\\u")
                            .append(Character.forDigit(unit >> 12, 16))
                            .append(Character.forDigit((unit >> 8) & 0xf, 16))
                            .append(Character.forDigit((unit >> 4) & 0xf, 16))
                            .append(Character.forDigit(unit & 0xf, 16));
                }
                yield out.toString();
            }
        };
    }
}
