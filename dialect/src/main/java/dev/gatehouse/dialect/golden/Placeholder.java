package dev.gatehouse.dialect.golden;

import dev.gatehouse.dialect.json.JsonText;
import dev.gatehouse.dialect.model.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value that varies, in an expected reply: `{{text}}` and its kin. It must have the type, whatever its value.
enum Placeholder implements Word {
    TEXT("text", "any text but the empty one"),
    NUMBER("number", "any number"),
    FLAG("flag", "true or false"),
    ISO("iso", "a moment such as `2026-01-01T00:00:00Z`"),
    ANY("any", "anything at all");

    private static final Pattern FORM = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private final String word;
    private final String meaning;

    Placeholder(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    /// Whether a value is what is expected: the same, or of the placeholder's type.
    static boolean matches(Object expected, Object found) {
        Optional<Placeholder> placeholder = expected instanceof String text ? of(text) : Optional.empty();
        return placeholder.map(one -> one.fits(found)).orElseGet(() -> expected.equals(found));
    }

    private static Optional<Placeholder> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(Word.find(Placeholder.class, form.group(1))
                .orElseThrow(() -> new IllegalArgumentException("no placeholder " + text + "; allowed here: "
                        + String.join(", ", Word.all(Placeholder.class)))));
    }

    private boolean fits(Object found) {
        return switch (this) {
            case TEXT -> found instanceof String text && !text.isEmpty();
            case NUMBER -> found instanceof JsonText.Numeral;
            case FLAG -> found instanceof Boolean;
            case ISO -> found instanceof String text && MOMENT.matcher(text).matches();
            case ANY -> true;
        };
    }

    /// Adds what differs between two JSON values, member by member.
    static void differences(String at, Object expected, Object found, List<String> differences) {
        if (expected instanceof Map<?, ?> wanted && found instanceof Map<?, ?> actual) {
            Set<String> names = new TreeSet<>();
            wanted.keySet().forEach(name -> names.add(String.valueOf(name)));
            actual.keySet().forEach(name -> names.add(String.valueOf(name)));
            for (String name : names) {
                String here = at.isEmpty() ? name : at + "." + name;
                Object one = wanted.get(name);
                Object other = actual.get(name);
                if (one == null || other == null) {
                    differences.add("member " + here + (one == null ? ": is not expected" : ": is missing"));
                } else {
                    differences(here, one, other, differences);
                }
            }
        } else if (expected instanceof List<?> wanted
                && found instanceof List<?> actual
                && wanted.size() == actual.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                differences(at + "[" + i + "]", wanted.get(i), actual.get(i), differences);
            }
        } else if (!matches(expected, found)) {
            differences.add("member " + at + ": expected " + expected + ", found " + found);
        }
    }
}
