package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON with substitutions: no expressions, no loops, no conditions. A member whose value the operation did not
/// give is left out.
public sealed interface Template {
    /// Itself: text, a number, true, false or null.
    record Constant(Optional<Object> value) implements Template {}

    /// One value, in the JSON type that it has.
    ///
    /// @param format how it is written; without one as JSON itself would
    record Value(String name, Optional<Format> format) implements Template {}

    /// Text with values in it.
    record Mixed(List<Template> parts) implements Template {}

    /// An object.
    record Members(Map<String, Template> members) implements Template {}

    /// A list of as many items as are written there.
    record Items(List<Template> items) implements Template {}

    /// Whether a value stands in it.
    default boolean names(Output output) {
        return switch (this) {
            case Constant _ -> false;
            case Value(String name, var _) -> name.equals(output.word());
            case Mixed(List<Template> parts) -> parts.stream().anyMatch(part -> part.names(output));
            case Members(Map<String, Template> members) ->
                members.values().stream().anyMatch(member -> member.names(output));
            case Items(List<Template> items) -> items.stream().anyMatch(item -> item.names(output));
        };
    }
}
