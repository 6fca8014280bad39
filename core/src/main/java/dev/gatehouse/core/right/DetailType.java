package dev.gatehouse.core.right;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A type of authorization details that an Api has (RFC 9396 section 2), as data: what may be said, and what a
/// person reads of it.
///
/// @param description the sentence for a consent page, with `{member}` or `{member.of.it}` where a value goes
/// @param translations the same by language
/// @param scope what everybody has to hold through whom such a detail comes; absent where nothing besides
/// @param members by name, besides `type`
/// @param remembered whether a yes to such a detail counts for the next request too. Yes to one payment is not
///     yes to the same once more, so only where the type says so
public record DetailType(
        String description,
        Map<String, String> translations,
        Optional<String> scope,
        SortedMap<String, DetailMember> members,
        boolean remembered) {
    /// The most types of an Api, and members of a type.
    public static final int MAX = 32;

    private static final Pattern HOLE = Pattern.compile("\\{([^{}]+)}");

    private static final String NOTHING = "–";

    /// Keeps copies.
    ///
    /// @throws IllegalArgumentException where [#mistake] says why
    public DetailType {
        translations = Map.copyOf(translations);
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        mistake(description, translations, members).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    /// One that is asked for each time.
    public DetailType(
            String description,
            Map<String, String> translations,
            Optional<String> scope,
            SortedMap<String, DetailMember> members) {
        this(description, translations, scope, members, false);
    }

    /// Why these are no type.
    public static Optional<String> mistake(
            String description, Map<String, String> translations, Map<String, DetailMember> members) {
        for (Map.Entry<String, DetailMember> one : members.entrySet()) {
            boolean named =
                    AuthorizationDetail.named(one.getKey()) && !one.getKey().equals(AuthorizationDetail.TYPE);
            Optional<String> wrong = named && !one.getKey().contains(".")
                    ? one.getValue().mistake(one.getKey())
                    : Optional.of("a member has no name that it may have");
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Stream.concat(Stream.of(description), translations.values().stream())
                .flatMap(sentence -> holes(sentence).stream())
                .map(hole -> hole.split("\\.", -1)[0])
                .filter(name -> !members.containsKey(name))
                .findFirst()
                .map(name -> "the description names " + name + ", which is no member");
    }

    /// Whether a detail says what this type may say, and nothing else.
    public boolean admits(AuthorizationDetail detail) {
        return members.entrySet().stream()
                        .allMatch(one -> detail.members().containsKey(one.getKey())
                                || !one.getValue().required())
                && detail.members().entrySet().stream()
                        .allMatch(one -> Optional.ofNullable(members.get(one.getKey()))
                                .filter(member -> member.admits(one.getValue()))
                                .isPresent());
    }

    /// A part of a sentence: words of the Api, or a value of the client's.
    public record Part(String text, boolean value) {}

    /// What a person reads of a detail, in a language where that is known; still to be escaped, and values to
    /// be set apart, or a client puts its own words into the provider's mouth.
    public List<Part> sentence(AuthorizationDetail detail, String language) {
        String sentence = translations.getOrDefault(language, description);
        List<Part> parts = new ArrayList<>();
        Matcher hole = HOLE.matcher(sentence);
        int at = 0;
        while (hole.find()) {
            parts.add(new Part(sentence.substring(at, hole.start()), false));
            parts.add(new Part(value(detail, hole.group(1)), true));
            at = hole.end();
        }
        parts.add(new Part(sentence.substring(at), false));
        parts.removeIf(part -> part.text().isEmpty());
        return parts;
    }

    private static String value(AuthorizationDetail detail, String path) {
        Optional<DetailValue> value = Optional.of(new DetailValue.Members(detail.members()));
        for (String name : path.split("\\.", -1)) {
            value = value.flatMap(of -> of instanceof DetailValue.Members(SortedMap<String, DetailValue> byName)
                    ? Optional.ofNullable(byName.get(name))
                    : Optional.empty());
        }
        return value.map(DetailValue::shown).orElse(NOTHING);
    }

    /// What the sentence in a language does not tell of a detail: nothing is granted that a person has not read.
    public Map<String, String> besides(AuthorizationDetail detail, String language) {
        Set<String> told = holes(translations.getOrDefault(language, description));
        Map<String, String> rest = new TreeMap<>();
        detail.members().forEach((name, value) -> {
            if (!told.contains(name)) {
                rest.put(name, value.shown());
            }
        });
        return rest;
    }

    private static Set<String> holes(String sentence) {
        Set<String> holes = new LinkedHashSet<>();
        Matcher matcher = HOLE.matcher(sentence);
        while (matcher.find()) {
            holes.add(matcher.group(1));
        }
        return holes;
    }
}
