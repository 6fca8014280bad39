package dev.gatehouse.dialect.model;

import java.util.Map;
import java.util.Optional;

/// What an endpoint answers when its operation succeeds.
///
/// @param body the JSON body; none when empty
/// @param item how each item of a list looks
/// @param headers besides those of every reply
/// @param back how values are added to the address that the browser is sent back to
public record Answer(
        int status,
        Optional<Template.Members> body,
        Optional<Template.Members> item,
        Map<String, Template> headers,
        Optional<Back> back) {
    /// How a browser takes values back with it.
    ///
    /// @param fragment in the fragment, not in the query
    public record Back(boolean fragment, Map<String, Template> values) {}
}
