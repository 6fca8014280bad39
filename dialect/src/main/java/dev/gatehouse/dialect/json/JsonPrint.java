package dev.gatehouse.dialect.json;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints JSON values for people: one member a line, two blanks a level.
public final class JsonPrint {
    private JsonPrint() {}

    /// The text of a value that is made of texts, numbers, booleans, `null`, lists and maps.
    public static String of(Map<String, ?> object) {
        StringBuilder out = new StringBuilder();
        value(object, 0, out);
        return out.toString();
    }

    /// The same of a list.
    public static String of(List<?> list) {
        StringBuilder out = new StringBuilder();
        value(list, 0, out);
        return out.toString();
    }

    private static void value(Object value, int depth, StringBuilder out) {
        switch (value) {
            case Map<?, ?> map -> members(map, depth, out);
            case List<?> list -> items(list, depth, out);
            case String text -> quoted(text, out);
            case JsonText.Numeral(String digits) -> out.append(digits);
            default -> out.append(value);
        }
    }

    private static void members(Map<?, ?> map, int depth, StringBuilder out) {
        out.append('{');
        String between = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(between).append('\n').repeat("  ", depth + 1);
            quoted(String.valueOf(entry.getKey()), out);
            out.append(": ");
            value(entry.getValue() == null ? JsonText.NULL : entry.getValue(), depth + 1, out);
            between = ",";
        }
        out.append(map.isEmpty() ? "" : "\n")
                .repeat("  ", map.isEmpty() ? 0 : depth)
                .append('}');
    }

    private static void items(List<?> list, int depth, StringBuilder out) {
        out.append('[');
        String between = "";
        for (Object item : list) {
            out.append(between).append('\n').repeat("  ", depth + 1);
            value(item == null ? JsonText.NULL : item, depth + 1, out);
            between = ",";
        }
        out.append(list.isEmpty() ? "" : "\n")
                .repeat("  ", list.isEmpty() ? 0 : depth)
                .append(']');
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                out.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
