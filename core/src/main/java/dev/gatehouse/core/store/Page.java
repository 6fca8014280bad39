package dev.gatehouse.core.store;

import java.util.List;

/// One page of a list in the order of ids, newest state.
///
/// @param more whether anything follows the last item
public record Page<T>(List<T> items, boolean more) {}
