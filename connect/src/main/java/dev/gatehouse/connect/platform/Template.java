package dev.gatehouse.connect.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with places for parts of a credential: `Bearer {access_token}`. No expressions.
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]{0,31})}");

    /// The longest text that places are looked for in: longer than addresses of platforms are.
    private static final int MOST_MATCHED = 300;

    private final String text;
    private final Set<String> names;

    private Template(String text, Set<String> names) {
        this.text = text;
        this.names = names;
    }

    /// Reads a template; braces are only for places.
    public static Optional<Template> parse(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        StringBuilder rest = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            rest.append(text, from, matcher.start());
            names.add(matcher.group(1));
            from = matcher.end();
        }
        rest.append(text.substring(from));
        return rest.indexOf("{") < 0 && rest.indexOf("}") < 0
                ? Optional.of(new Template(text, names))
                : Optional.empty();
    }

    /// The names of its places.
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /// As it is written.
    public String text() {
        return text;
    }

    /// The text with every place filled; empty when a value is missing.
    public Optional<String> fill(Map<String, String> values) {
        if (!values.keySet().containsAll(names)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            parts.add(text.substring(from, matcher.start()));
            parts.add(values.getOrDefault(matcher.group(1), ""));
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return Optional.of(String.join("", parts));
    }

    /// The values that would make this text of it, where each place has some. Only a place at its beginning takes
    /// a `/`. Anybody may send such a text, so that what is too long or has other than printable ASCII in it is
    /// not looked at.
    public Optional<Map<String, String>> match(CharSequence filled) {
        if (filled.length() > MOST_MATCHED || !filled.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return Optional.empty();
        }
        StringBuilder pattern = new StringBuilder();
        List<String> order = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            pattern.append(Pattern.quote(text.substring(from, matcher.start())))
                    .append(matcher.start() == 0 ? "(.+?)" : "([^/]+)");
            order.add(matcher.group(1));
            from = matcher.end();
        }
        Matcher whole =
                Pattern.compile(pattern + Pattern.quote(text.substring(from))).matcher(filled);
        return whole.matches() ? values(order, whole) : Optional.empty();
    }

    private static Optional<Map<String, String>> values(List<String> order, Matcher whole) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            String value = whole.group(i + 1);
            String other = values.put(order.get(i), value);
            if (other != null && !other.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Template template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
