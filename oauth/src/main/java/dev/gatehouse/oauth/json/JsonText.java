package dev.gatehouse.oauth.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes JSON strings. Control characters are escaped, so that no line break is ever written raw (GAUNTLET M07).
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /// Appends `value` in quotes.
    public static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
                out.append("\\u")
                        .append(HEX.charAt(c >> 12))
                        .append(HEX.charAt(c >> 8 & 15))
                        .append(HEX.charAt(c >> 4 & 15))
                        .append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /// Appends a value as it was read, members in the order of their names.
    public static void value(StringBuilder out, Json json) {
        switch (json) {
            case Json.Text(String text) -> quote(out, text);
            case Json.Whole(long number) -> out.append(number);
            case Json.OtherNumber(String spelling) -> out.append(spelling);
            case Json.Bool(boolean flag) -> out.append(flag);
            case Json.Null() -> out.append("null");
            case Json.Items(List<Json> values) -> {
                String separator = "[";
                for (Json one : values) {
                    value(out.append(separator), one);
                    separator = ",";
                }
                out.append(values.isEmpty() ? "[]" : "]");
            }
            case Json.Members(Map<String, Json> members) -> {
                String separator = "{";
                for (Map.Entry<String, Json> one : new TreeMap<>(members).entrySet()) {
                    quote(out.append(separator), one.getKey());
                    value(out.append(':'), one.getValue());
                    separator = ",";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
        }
    }

    /// Appends an object of strings, numbers, booleans, lists and objects of these, in the order that it has.
    public static void object(StringBuilder out, Map<String, ?> members) {
        String separator = "{";
        for (Map.Entry<String, ?> one : members.entrySet()) {
            quote(out.append(separator), one.getKey());
            plain(out.append(':'), one.getValue());
            separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
    }

    private static void plain(StringBuilder out, Object value) {
        switch (value) {
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag.booleanValue());
            case List<?> values -> {
                String separator = "[";
                for (Object one : values) {
                    plain(out.append(separator), one);
                    separator = ",";
                }
                out.append(values.isEmpty() ? "[]" : "]");
            }
            case Map<?, ?> members -> {
                Map<String, Object> named = new LinkedHashMap<>();
                members.forEach((name, one) -> named.put(name.toString(), one));
                object(out, named);
            }
            default -> quote(out, value.toString());
        }
    }

    /// Appends `"name":"value"`.
    public static void member(StringBuilder out, String name, String value) {
        quote(out, name);
        out.append(':');
        quote(out, value);
    }
}
