package dev.gatehouse.cli.apply;

import dev.gatehouse.server.config.Mistake;
import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that all of it is told at once.
final class Mistakes {
    private final List<Mistake> found;
    private final String prefix;

    Mistakes() {
        this(new ArrayList<>(), "");
    }

    private Mistakes(List<Mistake> found, String prefix) {
        this.found = found;
        this.prefix = prefix;
    }

    /// The same collection, for the value of a key.
    Mistakes under(String key) {
        return new Mistakes(found, key + " ");
    }

    /// The value of the present key is not what it must be.
    void wrong(Place place, String what) {
        add(place, prefix + what);
    }

    void add(Place place, String what) {
        add(place.toString(), what);
    }

    void add(String origin, String what) {
        found.add(new Mistake(origin, what));
    }

    boolean none() {
        return found.isEmpty();
    }

    List<Mistake> all() {
        return found.stream().distinct().toList();
    }
}
