package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Pages of what belongs to one owner, by id.
final class Pages {
    private Pages() {}

    static <T> Page<T> read(NavigableMap<Id, T> table, Predicate<T> owned, Function<T, String> name, Slice slice) {
        Predicate<T> listed =
                owned.and(item -> slice.name().map(name.apply(item)::equals).orElse(true));
        NavigableMap<Id, T> rest =
                slice.after().map(id -> table.tailMap(id, false)).orElse(table);
        List<T> found = rest.values().stream()
                .filter(listed)
                .skip(slice.skip())
                .limit(slice.limit() + 1L)
                .toList();
        Page<T> page = Page.cut(found, slice.limit());
        return slice.counted() ? page.of(table.values().stream().filter(listed).count()) : page;
    }

    /// The longest page within the bounds that was asked for.
    static int size(int limit) {
        return Math.clamp(limit, 1, Slice.MAX_LIMIT);
    }
}
