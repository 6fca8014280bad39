package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.HttpFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The languages that pages are in, the first for everybody who understands none of them.
record Languages(List<Texts> offered) {
    private static final int MAX_WISHES = 200;

    /// Keeps a copy.
    Languages {
        offered = List.copyOf(offered);
    }

    /// Those that are part of this release.
    static Languages shipped() {
        return new Languages(List.of(
                Texts.read(Locale.ENGLISH, "texts.properties"), Texts.read(Locale.GERMAN, "texts_de.properties")));
    }

    /// What a browser wishes for (RFC 9110 section 12.5.4), looked up as RFC 4647 section 3.4 says. A wish that
    /// cannot be read is none; nothing is kept of it (GAUNTLET M05).
    Texts wished(HttpFacts http) {
        return looked(http.only("Accept-Language").orElse("")).orElse(offered.getFirst());
    }

    /// What a client says that its person prefers (`ui_locales`: tags apart by spaces); otherwise what the browser
    /// wishes for.
    Texts preferred(Optional<String> locales, Texts wished) {
        return locales.map(tags -> tags.strip().replace(' ', ','))
                .flatMap(this::looked)
                .orElse(wished);
    }

    /// The one of this tag; the first when there is none.
    Texts named(String tag) {
        return offered.stream()
                .filter(texts -> texts.language().equals(tag))
                .findFirst()
                .orElse(offered.getFirst());
    }

    private Optional<Texts> looked(String wishes) {
        if (wishes.isEmpty() || wishes.length() > MAX_WISHES) {
            return Optional.empty();
        }
        try {
            List<Locale> known = offered.stream().map(Texts::locale).toList();
            Locale found = Locale.lookup(Locale.LanguageRange.parse(wishes), known);
            return offered.stream()
                    .filter(texts -> texts.locale().equals(found))
                    .findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
