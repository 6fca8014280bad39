package dev.gatehouse.core.right;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The scopes that an Api knows, each with a description and the scopes that it implies (transitively), and its
/// types of authorization details. What is outside the catalogue grants nothing and cannot be asked for.
public final class Catalogue {
    /// One scope of the catalogue.
    ///
    /// @param description what a person reads on a consent page or in a list
    /// @param implies scopes that whoever holds this one holds too
    /// @param browserSafe whether keys that anybody can read in a web page may carry it
    public record Entry(String description, Scopes implies, boolean browserSafe) {
        /// One that is for no web page.
        public Entry(String description, Scopes implies) {
            this(description, implies, false);
        }
    }

    /// A catalogue without scopes.
    public static final Catalogue EMPTY = Catalogue.of(Map.of());

    private final SortedMap<String, Entry> entries;
    private final Map<String, Set<String>> impliers;
    private final SortedMap<String, DetailType> types;

    private Catalogue(
            SortedMap<String, Entry> entries, Map<String, Set<String>> impliers, SortedMap<String, DetailType> types) {
        this.entries = entries;
        this.impliers = impliers;
        this.types = types;
    }

    /// Builds the catalogue and the closure of `implies`.
    ///
    /// @throws IllegalArgumentException when a scope is malformed or implies one that is not there
    public static Catalogue of(Map<String, Entry> entries) {
        Map<String, Set<String>> impliers = new LinkedHashMap<>();
        entries.forEach((scope, entry) -> {
            if (!Scopes.wellFormed(scope)) {
                throw new IllegalArgumentException("not a scope: " + scope);
            }
            impliers.put(scope, new HashSet<>(Set.of(scope)));
        });
        entries.forEach((scope, entry) -> closure(scope, entries).forEach(implied -> {
            Set<String> known = impliers.get(implied);
            if (known == null) {
                throw new IllegalArgumentException(scope + " implies " + implied + ", which is not in the catalogue");
            }
            known.add(scope);
        }));
        Map<String, Set<String>> frozen = new HashMap<>();
        impliers.forEach((scope, by) -> frozen.put(scope, Set.copyOf(by)));
        return new Catalogue(
                Collections.unmodifiableSortedMap(new TreeMap<>(entries)),
                Map.copyOf(frozen),
                Collections.emptySortedMap());
    }

    /// The same with these types of authorization details.
    ///
    /// @throws IllegalArgumentException when a name is malformed, or a scope of a type is not there
    public Catalogue with(Map<String, DetailType> details) {
        details.forEach((name, type) -> {
            if (!AuthorizationDetail.named(name)
                    || !type.scope().map(this::knows).orElse(true)) {
                throw new IllegalArgumentException("not a type of this catalogue: " + name);
            }
        });
        return new Catalogue(entries, impliers, Collections.unmodifiableSortedMap(new TreeMap<>(details)));
    }

    private static Set<String> closure(String scope, Map<String, Entry> entries) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(scope);
        while (!open.isEmpty()) {
            Entry entry = entries.get(open.remove());
            if (entry != null) {
                entry.implies().list().stream().filter(seen::add).forEach(open::add);
            }
        }
        return seen;
    }

    /// Whether the Api knows the scope.
    public boolean knows(String scope) {
        return impliers.containsKey(scope);
    }

    /// Whether `held` gives `scope`, by name or by implication. Never for a scope that the catalogue does not
    /// know.
    public boolean grants(Scopes held, String scope) {
        Set<String> by = impliers.get(scope);
        if (by == null) {
            return false;
        }
        if (held.contains(scope)) {
            return true;
        }
        if (by.size() > 1) {
            for (String implier : by) {
                if (held.contains(implier)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether keys that anybody can read in a web page may carry the scope.
    public boolean browserSafe(String scope) {
        Entry entry = entries.get(scope);
        return entry != null && entry.browserSafe();
    }

    /// The entries in order of their scopes.
    public SortedMap<String, Entry> entries() {
        return entries;
    }

    /// The types of authorization details, in order of their names.
    public SortedMap<String, DetailType> types() {
        return types;
    }

    /// The type of a detail, where the Api has it and it admits what the detail says.
    public Optional<DetailType> type(AuthorizationDetail detail) {
        return Optional.ofNullable(types.get(detail.type())).filter(type -> type.admits(detail));
    }

    /// Whether a yes to such a detail counts for the next request too.
    public boolean remembers(AuthorizationDetail detail) {
        return type(detail).filter(DetailType::remembered).isPresent();
    }

    /// Every scope of the catalogue.
    public Scopes all() {
        return Scopes.of(entries.keySet());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Catalogue catalogue
                && catalogue.entries.equals(entries)
                && catalogue.types.equals(types);
    }

    @Override
    public int hashCode() {
        return 31 * entries.hashCode() + types.hashCode();
    }

    @Override
    public String toString() {
        return entries.keySet().toString();
    }
}
