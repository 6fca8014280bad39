package dev.gatehouse.core.net;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Patterns of origins, ready for look-ups: two, however many they are.
public final class OriginSet {
    /// No page.
    public static final OriginSet NONE = OriginSet.of(List.of());

    private final List<OriginPattern> listed;
    private final Set<Origin> exact;
    private final Set<Origin> above;

    private OriginSet(List<OriginPattern> listed, Set<Origin> exact, Set<Origin> above) {
        this.listed = listed;
        this.exact = exact;
        this.above = above;
    }

    /// The set of these patterns.
    public static OriginSet of(Collection<OriginPattern> patterns) {
        Set<Origin> exact = new HashSet<>();
        Set<Origin> above = new HashSet<>();
        patterns.forEach(pattern -> (pattern.below() ? above : exact).add(pattern.origin()));
        return new OriginSet(List.copyOf(patterns), Set.copyOf(exact), Set.copyOf(above));
    }

    /// Whether pages of this origin are meant by one of the patterns.
    public boolean admits(Origin page) {
        return exact.contains(page)
                || (!above.isEmpty()
                        && OriginPattern.above(page).filter(above::contains).isPresent());
    }

    /// Whether it is for no page at all.
    public boolean isEmpty() {
        return listed.isEmpty();
    }

    /// The patterns, in the order that they were given in.
    public List<OriginPattern> listed() {
        return listed;
    }

    /// These patterns and others.
    public OriginSet and(OriginSet more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<OriginPattern> all = new LinkedHashSet<>(listed);
        all.addAll(more.listed);
        return of(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OriginSet set && set.listed.equals(listed);
    }

    @Override
    public int hashCode() {
        return listed.hashCode();
    }

    @Override
    public String toString() {
        return listed.toString();
    }
}
