package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.Optional;

/// Which part of a list is asked for. A list is in the order of ids (unsigned).
///
/// @param after the id that the part begins behind
/// @param skip how many more items are passed over, at most [#MAX_SKIP]
/// @param limit the most items, 1 to [#MAX_LIMIT]
/// @param name the exact name of all items that belong to the list
/// @param counted whether the whole list is counted too
public record Slice(Optional<Id> after, int skip, int limit, Optional<String> name, boolean counted) {
    /// The most items that are passed over: a database reads them all.
    public static final int MAX_SKIP = 10_000;

    /// The longest part.
    public static final int MAX_LIMIT = 1_000;

    /// Within the bounds.
    public Slice {
        if (skip < 0 || skip > MAX_SKIP || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a slice skips at most " + MAX_SKIP + " and has at most " + MAX_LIMIT);
        }
    }

    /// The beginning of the list.
    public static Slice first(int limit) {
        return new Slice(Optional.empty(), 0, limit, Optional.empty(), false);
    }

    /// The same, behind this id.
    public Slice after(Id id) {
        return new Slice(Optional.of(id), skip, limit, name, counted);
    }
}
