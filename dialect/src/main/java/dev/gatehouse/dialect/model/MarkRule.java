package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What may stand in the objects that are kept beside API keys.
///
/// @param id the member that each of them is told by, which is drawn; none when empty
/// @param words what a member may be, where it may not be everything
public record MarkRule(Optional<String> id, List<String> required, List<String> may, Map<String, List<String>> words) {
    /// Keeps copies.
    public MarkRule {
        required = List.copyOf(required);
        may = List.copyOf(may);
        words = Map.copyOf(words);
    }
}
