package dev.gatehouse.core.right;

import dev.gatehouse.core.id.Id;

/// A named set of scopes per Api.
///
/// @param builtIn kept by Gatehouse itself (the provider's `owner`) and not editable
/// @param version counts the writes to the row, for conditional updates
public record Role(Id id, Id organization, String name, Rights rights, boolean builtIn, long version) {}
