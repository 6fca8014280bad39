package dev.gatehouse.core.right;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A set of scopes at one Api, in code point order. Empty means nothing, never everything.
public final class Scopes {
    /// The most scopes that one set may name (a bound on work, not a rule of a standard).
    public static final int MAX = 256;

    /// The longest scope.
    public static final int MAX_LENGTH = 128;

    /// No scope.
    public static final Scopes NONE = new Scopes(List.of());

    private final List<String> sorted;
    private final Set<String> index;

    private Scopes(List<String> sorted) {
        this.sorted = sorted;
        this.index = Set.copyOf(sorted);
    }

    /// A set from scopes that are known to be well formed.
    public static Scopes of(Collection<String> scopes) {
        for (String scope : scopes) {
            if (!wellFormed(scope)) {
                throw new IllegalArgumentException("not a scope: " + scope);
            }
        }
        return scopes.isEmpty() ? NONE : new Scopes(List.copyOf(new TreeSet<>(scopes)));
    }

    /// A set from scopes that are known to be well formed.
    public static Scopes of(String... scopes) {
        return of(List.of(scopes));
    }

    /// Reads the space-delimited list of a `scope` parameter (RFC 6749 section 3.3). Empty when a token is
    /// malformed, twice there, separated by more than one space, or when there are more than [#MAX].
    public static Optional<Scopes> parse(String list) {
        if (list.length() > MAX * (MAX_LENGTH + 1)) {
            return Optional.empty();
        }
        TreeSet<String> scopes = new TreeSet<>();
        int from = 0;
        while (from <= list.length()) {
            int space = list.indexOf(' ', from);
            int to = space < 0 ? list.length() : space;
            String scope = list.substring(from, to);
            if (!wellFormed(scope) || !scopes.add(scope) || scopes.size() > MAX) {
                return Optional.empty();
            }
            from = to + 1;
            if (space < 0) {
                break;
            }
        }
        return Optional.of(new Scopes(List.copyOf(scopes)));
    }

    /// Whether a string is a scope-token of RFC 6749 section 3.3 of bounded length.
    public static boolean wellFormed(String scope) {
        if (scope.isEmpty() || scope.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < scope.length(); i++) {
            char c = scope.charAt(i);
            if (c < 0x21 || c == '"' || c == '\\' || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /// Whether the scope itself is named here (what scopes imply is the [Catalogue]'s business).
    public boolean contains(String scope) {
        return index.contains(scope);
    }

    /// Whether nothing is named.
    public boolean isEmpty() {
        return sorted.isEmpty();
    }

    /// The scopes in order.
    public List<String> list() {
        return sorted;
    }

    /// The form of the `scope` parameter.
    public String text() {
        return String.join(" ", sorted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scopes scopes && scopes.sorted.equals(sorted);
    }

    @Override
    public int hashCode() {
        return sorted.hashCode();
    }

    @Override
    public String toString() {
        return sorted.toString();
    }
}
