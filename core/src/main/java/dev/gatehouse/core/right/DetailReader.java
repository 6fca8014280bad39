package dev.gatehouse.core.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the text that a [DetailValue] writes: what was stored, or sealed into a token. What strangers send is read
/// elsewhere, more patiently and more strictly.
final class DetailReader {
    private static final int HEX = 4;

    private final String text;
    private int at;

    private DetailReader(String text) {
        this.text = text;
    }

    /// The value; empty for any other text.
    static Optional<DetailValue> read(String text) {
        DetailReader reader = new DetailReader(text);
        return reader.value(AuthorizationDetails.MAX_DEPTH)
                .filter(value -> value.text().equals(text));
    }

    private Optional<DetailValue> value(int depth) {
        if (depth == 0) {
            return Optional.empty();
        }
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> string().map(DetailValue.Text::new);
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> number();
        };
    }

    private Optional<DetailValue> members(int depth) {
        TreeMap<String, DetailValue> byName = new TreeMap<>();
        at++;
        while (!take('}')) {
            Optional<String> name = byName.isEmpty() || take(',') ? string() : Optional.empty();
            if (name.isEmpty() || !take(':')) {
                return Optional.empty();
            }
            Optional<DetailValue> value = value(depth - 1);
            if (value.isEmpty() || byName.put(name.get(), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new DetailValue.Members(byName));
    }

    private Optional<DetailValue> items(int depth) {
        List<DetailValue> values = new ArrayList<>();
        at++;
        while (!take(']')) {
            Optional<DetailValue> value = values.isEmpty() || take(',') ? value(depth - 1) : Optional.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(new DetailValue.Items(values));
    }

    private Optional<String> string() {
        StringBuilder out = new StringBuilder();
        if (!take('"')) {
            return Optional.empty();
        }
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(out.toString());
            }
            int read = c == '\\' ? escaped() : c;
            if (read < 0) {
                return Optional.empty();
            }
            out.append((char) read);
        }
        return Optional.empty();
    }

    private int escaped() {
        return take('u') ? coded() : next();
    }

    /// That these are digits as they are written here shows when the whole text is compared.
    private int coded() {
        int code = 0;
        for (int i = 0; i < HEX; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                return -1;
            }
            code = code << 4 | digit;
        }
        return code;
    }

    private int next() {
        return at < text.length() ? text.charAt(at++) : -1;
    }

    private Optional<DetailValue> word(String word, boolean value) {
        at += word.length();
        return at <= text.length() && text.startsWith(word, at - word.length())
                ? Optional.of(new DetailValue.Flag(value))
                : Optional.empty();
    }

    private Optional<DetailValue> number() {
        int from = at;
        while ((peek() >= '0' && peek() <= '9') || peek() == '-' || peek() == '.') {
            at++;
        }
        return Optional.of(text.substring(from, at))
                .filter(DetailValue.Numeral::spelled)
                .map(DetailValue.Numeral::new);
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
}
