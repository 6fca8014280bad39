package dev.gatehouse.yaml;

import java.util.List;
import java.util.Map;

/// A value of a YAML file, with its place.
public sealed interface Node {
    /// Where it begins.
    Spot spot();

    /// What a person calls it in a message.
    default String kind() {
        return switch (this) {
            case Mapping _ -> "a mapping";
            case Sequence _ -> "a list";
            case Text _ -> "text";
            case Numeral _ -> "a number";
            case Flag _ -> "true or false";
            case Nothing _ -> "nothing";
        };
    }

    /// Keys with their values, in the order of the file.
    record Mapping(Spot spot, Map<String, Entry> entries) implements Node {}

    /// The value of a key.
    ///
    /// @param at where the key stands
    record Entry(Spot at, Node value) {}

    /// A list.
    record Sequence(Spot spot, List<Node> items) implements Node {}

    /// Text, in quotes or plain.
    record Text(Spot spot, String text) implements Node {}

    /// What YAML 1.2's core schema takes for a number, as it was written.
    record Numeral(Spot spot, String digits) implements Node {}

    /// `true` or `false`.
    record Flag(Spot spot, boolean on) implements Node {}

    /// A key without a value, or `null`.
    record Nothing(Spot spot) implements Node {}
}
