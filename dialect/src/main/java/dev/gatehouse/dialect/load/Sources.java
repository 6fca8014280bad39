package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Source;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads places of a request: `scheme Bearer`, `header X-Key`, `member data.secret`.
final class Sources {
    /// The word that a source begins with, and what follows it.
    enum Place implements Word {
        SCHEME("scheme", "a scheme of the `Authorization` header, such as `scheme Bearer`"),
        BARE("bare", "`bare Authorization`: the whole header, where it has no scheme"),
        BASIC("basic", "`basic user` or `basic password`"),
        HEADER("header", "a header field, such as `header X-Api-Key`"),
        QUERY("query", "a parameter of the query; for proofs it needs an exception of case C02"),
        MEMBER("member", "a member of the body, such as `member data.secret`"),
        PATH("path", "a variable of the path of `at`, such as `path platform`");

        private final String word;
        private final String meaning;

        Place(String word, String meaning) {
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
    }

    /// RFC 9110 section 5.6.2: the characters of schemes and field names.
    static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.~-]{1,64}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,7}");

    private final Mistakes mistakes;
    private final List<Place> allowed;

    /// @param allowed the places that make sense where the sources stand
    Sources(Mistakes mistakes, List<Place> allowed) {
        this.mistakes = mistakes;
        this.allowed = List.copyOf(allowed);
    }

    /// One source or a list of them.
    List<Source> readAll(Node node) {
        List<Source> sources = new ArrayList<>();
        for (Node item : Fields.list(node)) {
            Fields.text(item, mistakes).flatMap(text -> read(item.spot(), text)).ifPresent(source -> {
                if (sources.contains(source)) {
                    mistakes.add(item.spot(), Mistakes.quoted(source.text()) + " is here twice");
                }
                sources.add(source);
            });
        }
        return sources;
    }

    Optional<Source> read(Spot spot, String text) {
        int blank = text.indexOf(' ');
        String first = blank < 0 ? text : text.substring(0, blank);
        String rest = blank < 0 ? "" : text.substring(blank + 1);
        Optional<Place> place = Word.find(Place.class, first).filter(allowed::contains);
        if (place.isEmpty()) {
            mistakes.word(
                    spot, "place", first, allowed.stream().map(Place::word).toList());
            return Optional.empty();
        }
        Optional<Source> source = source(place.get(), rest);
        if (source.isEmpty()) {
            mistakes.add(
                    spot,
                    Mistakes.quoted(text) + " names no place: "
                            + place.get().meaning().replace("`", ""));
        }
        return source;
    }

    private static Optional<Source> source(Place place, String rest) {
        return switch (place) {
            case SCHEME -> TOKEN.matcher(rest).matches() ? Optional.of(new Source.Scheme(rest)) : Optional.empty();
            case BARE -> rest.equals("Authorization") ? Optional.of(new Source.Bare()) : Optional.empty();
            case BASIC -> Word.find(Source.Half.class, rest).map(Source.Basic::new);
            case HEADER ->
                TOKEN.matcher(rest).matches() && !rest.equalsIgnoreCase("Authorization")
                        ? Optional.of(new Source.HeaderField(rest))
                        : Optional.empty();
            case QUERY -> NAME.matcher(rest).matches() ? Optional.of(new Source.Query(rest)) : Optional.empty();
            case MEMBER ->
                PATH.matcher(rest).matches()
                        ? Optional.of(new Source.Member(List.of(rest.split("\\.", -1))))
                        : Optional.empty();
            case PATH -> NAME.matcher(rest).matches() ? Optional.of(new Source.PathVariable(rest)) : Optional.empty();
        };
    }
}
