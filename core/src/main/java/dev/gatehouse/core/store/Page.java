package dev.gatehouse.core.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of a list, newest state.
///
/// @param more whether anything follows the last item
/// @param total how long the whole list is, when that was asked for
public record Page<T>(List<T> items, boolean more, Optional<Long> total) {
    /// A page of a list that nobody counted.
    public Page(List<T> items, boolean more) {
        this(items, more, Optional.empty());
    }

    /// The page out of what was found when one item more than `limit` was looked for.
    public static <T> Page<T> cut(List<T> found, int limit) {
        boolean more = found.size() > limit;
        return new Page<>(List.copyOf(more ? found.subList(0, limit) : found), more);
    }

    /// The same page of other things.
    public <U> Page<U> map(Function<T, U> other) {
        return new Page<>(items.stream().map(other).toList(), more, total);
    }

    /// The same page of a list that is this long.
    public Page<T> of(long length) {
        return new Page<>(items, more, Optional.of(length));
    }
}
