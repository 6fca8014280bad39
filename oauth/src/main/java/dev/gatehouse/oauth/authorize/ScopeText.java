package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A scope that a client asks for.
///
/// @param description what the Api's catalogue says of it to people
public record ScopeText(String scope, String description) {
    static List<ScopeText> of(Scopes scopes, Catalogue catalogue) {
        SortedMap<String, Catalogue.Entry> entries = catalogue.entries();
        return scopes.list().stream()
                .map(scope -> new ScopeText(
                        scope,
                        Optional.ofNullable(entries.get(scope))
                                .map(Catalogue.Entry::description)
                                .orElse("")))
                .toList();
    }
}
