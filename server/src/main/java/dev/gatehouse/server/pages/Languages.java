package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.HttpFacts;
import java.util.List;
import java.util.Locale;

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
        String wishes = http.only("Accept-Language").orElse("");
        if (wishes.isEmpty() || wishes.length() > MAX_WISHES) {
            return offered.getFirst();
        }
        try {
            List<Locale> known = offered.stream().map(Texts::locale).toList();
            Locale found = Locale.lookup(Locale.LanguageRange.parse(wishes), known);
            return offered.stream()
                    .filter(texts -> texts.locale().equals(found))
                    .findFirst()
                    .orElse(offered.getFirst());
        } catch (IllegalArgumentException e) {
            return offered.getFirst();
        }
    }
}
