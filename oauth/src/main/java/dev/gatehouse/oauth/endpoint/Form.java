package dev.gatehouse.oauth.endpoint;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The parameters of a request. Each came at most once, but for targets; those without a value count as left
/// out (RFC 6749 section 3.2).
public record Form(Map<String, String> values) {
    private static final Set<String> SEVERAL = Set.of("resource", "audience");
    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_NAME = 64;

    /// Keeps a copy.
    public Form {
        values = Map.copyOf(values);
    }

    /// Reads a body. Empty when a parameter comes twice, whether we know it or not, when a name has other
    /// characters than letters, digits, `_`, `-` and `.`, or when anything is not well encoded (GAUNTLET C01).
    public static Optional<Form> parse(byte[] body) {
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
                    || taken(values, name.get(), value.get())) {
                return Optional.empty();
            }
        }
        values.values().removeIf(String::isEmpty);
        return Optional.of(new Form(values));
    }

    /// Whether a name is there already. Only targets may be (RFC 8707 section 2, RFC 8693 section 2.1): said
    /// again it is the same, and several are together the name of none.
    private static boolean taken(Map<String, String> values, String name, String value) {
        String before = values.putIfAbsent(name, value);
        if (before == null || !SEVERAL.contains(name)) {
            return before != null;
        }
        boolean same = value.isEmpty() || before.equals(value);
        values.put(name, same ? before : before.isEmpty() ? value : before + ' ' + value);
        return false;
    }

    /// Reads a query in which strangers may have put something: pairs that have no name of ours are passed over
    /// (RFC 6749 section 3.1), and the rest is read as strictly as a body.
    public static Optional<Form> passing(byte[] query) {
        String ours = Arrays.stream(new String(query, StandardCharsets.ISO_8859_1).split("&", -1))
                .filter(pair -> FormText.decode(pair.split("=", 2)[0])
                        .filter(Form::wellFormed)
                        .isPresent())
                .collect(Collectors.joining("&"));
        return ours.isEmpty() ? Optional.of(new Form(Map.of())) : parse(ours.getBytes(StandardCharsets.ISO_8859_1));
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

    /// The value of a parameter.
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// The others.
    Form without(Set<String> names) {
        Map<String, String> others = new HashMap<>(values);
        others.keySet().removeAll(names);
        return new Form(others);
    }

    /// The same with one more, or another value of it.
    public Form with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Form(more);
    }

    /// As it is sent, in the order of names.
    public String text() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Whether nothing in the value of a parameter is a control character.
    public boolean plain(String name) {
        return !FormText.control(values.getOrDefault(name, ""));
    }

    /// Whether a parameter has a value.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Values are not printed: one of them may be a secret.
    @Override
    public String toString() {
        return "[form of " + values.size() + " parameters]";
    }
}
