package dev.gatehouse.core.store;

import java.util.Locale;

/// The detail of an audit row: a JSON object of strings, built member by member.
public final class Detail {
    private final StringBuilder members = new StringBuilder();

    private Detail() {}

    /// No member.
    public static Detail none() {
        return new Detail();
    }

    /// One member.
    public static Detail of(String name, Object value) {
        return none().with(name, value);
    }

    /// Adds a member; the value is its `toString`.
    public Detail with(String name, Object value) {
        members.append(members.isEmpty() ? "" : ",");
        quote(name);
        members.append(':');
        quote(value.toString());
        return this;
    }

    /// The JSON object.
    public String json() {
        return "{" + members + "}";
    }

    private void quote(String text) {
        members.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                members.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
                members.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                members.append(c);
            }
        }
        members.append('"');
    }
}
