package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Page;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;

/// Pages of what belongs to one owner, by id.
final class Pages {
    private static final int MAX = 1000;

    private Pages() {}

    static <T> Page<T> read(NavigableMap<Id, T> table, Predicate<T> owned, Optional<Id> after, int limit) {
        int size = size(limit);
        NavigableMap<Id, T> rest = after.map(id -> table.tailMap(id, false)).orElse(table);
        List<T> found = rest.values().stream().filter(owned).limit(size + 1L).toList();
        boolean more = found.size() > size;
        return new Page<>(more ? found.subList(0, size) : found, more);
    }

    static int size(int limit) {
        return Math.clamp(limit, 1, MAX);
    }
}
