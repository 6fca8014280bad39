package dev.gatehouse.oauth.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads exactly one JSON object or array (RFC 8259) in well-formed UTF-8. Empty for everything else: duplicate
/// names (RFC 7519 section 4), deep nesting, a byte order mark, trailing text, control characters, lone
/// surrogates. Never throws on input (GAUNTLET E05, E08, M02).
public final class StrictJson {
    /// How deep values may nest.
    static final int MAX_DEPTH = 8;

    /// The most members of one object and items of one array.
    static final int MAX_SIZE = 256;

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /// Reads an object. The caller has bounded the number of bytes.
    public static Optional<Json.Members> object(byte[] utf8) {
        return read(utf8, '{').map(Json.Members.class::cast);
    }

    /// Reads an array in the same way.
    public static Optional<Json.Items> array(byte[] utf8) {
        return read(utf8, '[').map(Json.Items.class::cast);
    }

    private static Optional<Json> read(byte[] utf8, char first) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        StrictJson reader = new StrictJson(text);
        reader.skipSpace();
        if (reader.peek() != first) {
            return Optional.empty();
        }
        Optional<Json> value = reader.value(MAX_DEPTH);
        reader.skipSpace();
        return reader.at == text.length() ? value : Optional.empty();
    }

    private Optional<Json> value(int depth) {
        if (depth == 0) {
            return Optional.empty();
        }
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> string().map(Json.Text::new);
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Optional<Json> members(int depth) {
        Map<String, Json> byName = new LinkedHashMap<>();
        at++;
        skipSpace();
        if (take('}')) {
            return Optional.of(new Json.Members(byName));
        }
        while (byName.size() < MAX_SIZE) {
            skipSpace();
            Optional<String> name = string();
            skipSpace();
            if (name.isEmpty() || !take(':')) {
                return Optional.empty();
            }
            skipSpace();
            Optional<Json> value = value(depth - 1);
            if (value.isEmpty() || byName.putIfAbsent(name.get(), value.get()) != null) {
                return Optional.empty();
            }
            skipSpace();
            if (take('}')) {
                return Optional.of(new Json.Members(byName));
            }
            if (!take(',')) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Json> items(int depth) {
        List<Json> values = new ArrayList<>();
        at++;
        skipSpace();
        if (take(']')) {
            return Optional.of(new Json.Items(values));
        }
        while (values.size() < MAX_SIZE) {
            skipSpace();
            Optional<Json> value = value(depth - 1);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
            skipSpace();
            if (take(']')) {
                return Optional.of(new Json.Items(values));
            }
            if (!take(',')) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<String> string() {
        if (!take('"')) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return paired(out) ? Optional.of(out.toString()) : Optional.empty();
            }
            if (c < 0x20) {
                return Optional.empty();
            }
            int read = c == '\\' ? escape() : c;
            if (read < 0) {
                return Optional.empty();
            }
            out.append((char) read);
        }
        return Optional.empty();
    }

    private int escape() {
        return switch (next()) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> fourHex();
            default -> -1;
        };
    }

    private int fourHex() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int c = next();
            int digit = c >= 0 && c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }

    private static boolean paired(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private Optional<Json> number() {
        int from = at;
        take('-');
        int whole = at;
        if (digits() == 0 || (text.charAt(whole) == '0' && at - whole > 1)) {
            return Optional.empty();
        }
        boolean integer = true;
        if (take('.')) {
            integer = false;
            if (digits() == 0) {
                return Optional.empty();
            }
        }
        if (take('e') || take('E')) {
            integer = false;
            if (!take('+')) {
                take('-');
            }
            if (digits() == 0) {
                return Optional.empty();
            }
        }
        String spelling = text.substring(from, at);
        if (!integer || spelling.equals("-0") || spelling.length() > 20) {
            return Optional.of(new Json.OtherNumber(spelling));
        }
        try {
            return Optional.of(new Json.Whole(Long.parseLong(spelling)));
        } catch (NumberFormatException e) {
            return Optional.of(new Json.OtherNumber(spelling));
        }
    }

    private int digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return at - from;
    }

    private Optional<Json> word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            return Optional.empty();
        }
        at += word.length();
        return Optional.of(value);
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private int next() {
        return at < text.length() ? text.charAt(at++) : -1;
    }
}
