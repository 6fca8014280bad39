package dev.gatehouse.dialect.model;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What an endpoint answers when its operation succeeds.
///
/// @param body the JSON body, an object or a list; none when empty
/// @param items how each item of a list looks, by the name of the list
/// @param headers besides those of every reply
/// @param back how values are added to the address that the browser is sent back to
public record Answer(
        int status,
        Optional<Template> body,
        Map<String, Template.Members> items,
        Map<String, Template> headers,
        Optional<Back> back) {
    /// Keeps a copy.
    public Answer {
        items = Map.copyOf(items);
    }

    /// Whether a value stands in it, or in an item of its lists.
    public boolean tells(Output output) {
        return Stream.concat(body.stream(), items.values().stream()).anyMatch(template -> template.names(output));
    }

    /// How a browser takes values back with it.
    ///
    /// @param fragment in the fragment, not in the query
    public record Back(boolean fragment, Map<String, Template> values) {}
}
