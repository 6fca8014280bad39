package dev.gatehouse.oauth.json;

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

    /// Appends `"name":"value"`.
    public static void member(StringBuilder out, String name, String value) {
        quote(out, name);
        out.append(':');
        quote(out, value);
    }
}
