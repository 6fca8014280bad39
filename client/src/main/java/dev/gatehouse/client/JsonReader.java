package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads one JSON text strictly: no duplicates, no trailing characters, no lone surrogates, bounded depth.
final class JsonReader {
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    Json document() {
        Json value = value(0);
        if (at < text.length()) {
            throw wrong("more than one value");
        }
        return value;
    }

    private Json value(int depth) {
        if (depth > MAX_DEPTH) {
            throw wrong("nested too deeply");
        }
        space();
        Json value = switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Str(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
        space();
        return value;
    }

    private Json.Obj object(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        space();
        if (taken('}')) {
            return new Json.Obj(members);
        }
        do {
            space();
            if (peek() != '"') {
                throw wrong("a member name is missing");
            }
            String name = string();
            space();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw wrong("a member name is repeated");
            }
        } while (taken(','));
        expect('}');
        return new Json.Obj(members);
    }

    private Json.Arr array(int depth) {
        List<Json> items = new ArrayList<>();
        at++;
        space();
        if (taken(']')) {
            return new Json.Arr(items);
        }
        do {
            items.add(value(depth + 1));
        } while (taken(','));
        expect(']');
        return new Json.Arr(items);
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < 0x20) {
                throw wrong("a control character in a string");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        String read = out.toString();
        if (read.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw wrong("half a surrogate pair");
        }
        return read;
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw wrong("an unknown escape");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Json number() {
        int from = at;
        taken('-');
        if (!taken('0')) {
            digits();
        }
        if (taken('.')) {
            digits();
        }
        if (taken('e') || taken('E')) {
            if (!taken('+')) {
                taken('-');
            }
            digits();
        }
        return new Json.Num(text.substring(from, at));
    }

    private void digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw wrong("a value is missing");
        }
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw wrong("an unknown word");
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean taken(char c) {
        boolean here = at < text.length() && text.charAt(at) == c;
        at += here ? 1 : 0;
        return here;
    }

    private void expect(char c) {
        if (!taken(c)) {
            throw wrong("'" + c + "' is missing");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("the text ends too early");
        }
        return text.charAt(at);
    }

    private JsonException wrong(String what) {
        return new JsonException(what, at);
    }
}
