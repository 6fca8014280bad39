package dev.gatehouse.client;

import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/// Writes a JSON value, in one line or indented.
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final boolean indent;

    private JsonWriter(boolean indent) {
        this.indent = indent;
    }

    static String compact(Json value) {
        return write(value, false);
    }

    static String pretty(Json value) {
        return write(value, true);
    }

    private static String write(Json value, boolean indent) {
        JsonWriter writer = new JsonWriter(indent);
        writer.value(value, 0);
        return writer.out.toString();
    }

    private void value(Json value, int depth) {
        switch (value) {
            case Json.Obj(Map<String, Json> members) ->
                list('{', '}', members.entrySet(), depth, member -> {
                    string(member.getKey());
                    out.append(indent ? ": " : ":");
                    value(member.getValue(), depth + 1);
                });
            case Json.Arr(var items) -> list('[', ']', items, depth, item -> value(item, depth + 1));
            case Json.Str(String text) -> string(text);
            case Json.Num(String digits) -> out.append(digits);
            case Json.Bool(boolean bool) -> out.append(bool);
            case Json.Null() -> out.append("null");
        }
    }

    private <T> void list(char open, char close, Collection<T> parts, int depth, Consumer<T> part) {
        out.append(open);
        String between = "";
        for (T each : parts) {
            out.append(between);
            line(depth + 1);
            part.accept(each);
            between = ",";
        }
        if (!parts.isEmpty()) {
            line(depth);
        }
        out.append(close);
    }

    private void line(int depth) {
        if (indent) {
            out.append('\n').repeat("  ", depth);
        }
    }

    /// Escapes what RFC 8259 section 7 asks for, and DEL and the C1 controls, so that no text can steer a
    /// terminal.
    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || (Character.isSurrogate(c) && lone(text, i))) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean lone(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
}
