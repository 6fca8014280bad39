package dev.gatehouse.oauth.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a token request. Each came at most once; those without a value count as left out (RFC 6749
/// section 3.2).
record Form(Map<String, String> values) {
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_NAME = 64;

    /// Keeps a copy.
    Form {
        values = Map.copyOf(values);
    }

    /// Reads a body. Empty when a parameter comes twice, whether we know it or not, when a name has other
    /// characters than letters, digits, `_`, `-` and `.`, or when anything is not well encoded (GAUNTLET C01).
    static Optional<Form> parse(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Map<String, String> values = new HashMap<>();
        List<String> pairs = List.of(text.split("&", MAX_PARAMETERS + 1));
        if (pairs.size() > MAX_PARAMETERS) {
            return Optional.empty();
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            Optional<String> name = FormText.decode(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = FormText.decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty()
                    || value.isEmpty()
                    || !wellFormed(name.get())
                    || values.putIfAbsent(name.get(), value.get()) != null) {
                return Optional.empty();
            }
        }
        values.values().removeIf(String::isEmpty);
        return Optional.of(new Form(values));
    }

    private static boolean wellFormed(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '-'
                                || c == '.');
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /// Values are not printed: one of them may be a secret.
    @Override
    public String toString() {
        return "[form of " + values.size() + " parameters]";
    }
}
