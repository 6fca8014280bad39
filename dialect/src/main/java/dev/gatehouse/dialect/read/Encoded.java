package dev.gatehouse.dialect.read;

import dev.gatehouse.dialect.model.Fault;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Text in percent-encoding: names and values of forms and queries, segments of paths.
final class Encoded {
    /// The most parameters of one form or query.
    static final int MAX_PARAMETERS = 64;

    private Encoded() {}

    /// The parameters of a form or query; each name once, all well encoded (GAUNTLET C01).
    static Map<String, String> parameters(String text, String what) throws Unreadable {
        Map<String, String> values = new LinkedHashMap<>();
        String[] pairs = text.split("&", MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw new Unreadable(Fault.malformed(what + " has too many parameters"));
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1), true);
            if (name.isEmpty() || value.isEmpty()) {
                throw new Unreadable(Fault.malformed(what + " is not well encoded"));
            }
            if (values.putIfAbsent(name.get(), value.get()) != null) {
                throw new Unreadable(Fault.malformed("a parameter comes twice in " + what));
            }
        }
        return values;
    }

    /// A form of these parameters.
    static String pairs(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(pair -> URLEncoder.encode(pair.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /// Decodes percent-encodings. Empty for anything but printable ASCII before decoding, for a `%` without two
    /// hexadecimal digits, and for ill-formed UTF-8, which is never replaced by something else (GAUNTLET C05).
    ///
    /// @param form whether `+` is a blank
    static Optional<String> decode(String text, boolean form) {
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
                out[length++] = (byte) (form && c == '+' ? ' ' : c);
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
}
