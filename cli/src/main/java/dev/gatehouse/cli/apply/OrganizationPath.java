package dev.gatehouse.cli.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An organization by the names from the caller's own organization down, which itself is `/`. In a name `/` is
/// written `~1` and `~` is written `~0` (RFC 6901 section 3).
record OrganizationPath(List<String> names) implements Comparable<OrganizationPath> {
    /// The caller's own organization.
    static final OrganizationPath TOP = new OrganizationPath(List.of());

    OrganizationPath {
        names = List.copyOf(names);
    }

    /// Reads what [#toString()] writes.
    static Optional<OrganizationPath> parse(String text) {
        if (text.equals("/")) {
            return Optional.of(TOP);
        }
        List<String> names = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (!escaped(name).equals(part) || Values.name(name).isEmpty()) {
                return Optional.empty();
            }
            names.add(name);
        }
        return Optional.of(new OrganizationPath(names));
    }

    OrganizationPath child(String name) {
        List<String> below = new ArrayList<>(names);
        below.add(name);
        return new OrganizationPath(below);
    }

    boolean top() {
        return names.isEmpty();
    }

    /// The organization above; the top is above itself.
    OrganizationPath parent() {
        return top() ? this : new OrganizationPath(names.subList(0, names.size() - 1));
    }

    /// From this one up to the top.
    List<OrganizationPath> upwards() {
        List<OrganizationPath> chain = new ArrayList<>();
        for (int length = names.size(); length >= 0; length--) {
            chain.add(new OrganizationPath(names.subList(0, length)));
        }
        return chain;
    }

    /// The own name.
    String name() {
        return top() ? "/" : names.getLast();
    }

    /// Every organization before those below it.
    @Override
    public int compareTo(OrganizationPath other) {
        for (int i = 0; i < Math.min(names.size(), other.names.size()); i++) {
            int order = names.get(i).compareTo(other.names.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }

    @Override
    public String toString() {
        return top()
                ? "/"
                : String.join("/", names.stream().map(OrganizationPath::escaped).toList());
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
