package dev.gatehouse.dialect.model;

import dev.gatehouse.core.api.PathPattern;
import java.util.List;

/// Calls that go on to the provider's API and whose replies say what customers there are.
///
/// @param customers members of the reply that name customers, one name for each level; lists on the way are all
///     looked through
public record Learning(String method, PathPattern path, List<List<String>> customers) {
    /// Keeps a copy.
    public Learning {
        customers = customers.stream().map(List::copyOf).toList();
    }
}
