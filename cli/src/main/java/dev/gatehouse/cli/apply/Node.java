package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of a YAML file, with its place.
sealed interface Node {
    Place place();

    /// Keys with their values, in the order of the file. A key's own place is kept too, for what is wrong with
    /// the key.
    record Mapping(Place place, Map<String, Entry> entries) implements Node {}

    /// The value of a key.
    ///
    /// @param at where the key stands
    record Entry(Place at, Node value) {}

    record Sequence(Place place, List<Node> items) implements Node {}

    /// Text, in quotes or plain.
    record Text(Place place, String text) implements Node {}

    /// What YAML 1.2's core schema takes for a number, as it was written.
    record Numeral(Place place, String digits) implements Node {}

    record Flag(Place place, boolean on) implements Node {}

    /// A key without a value, or `null`.
    record Nothing(Place place) implements Node {}

    /// What a server showed, as if it stood in a file.
    static Node of(Json json, Place place) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, Entry> entries = new LinkedHashMap<>();
                members.forEach((name, value) -> entries.put(name, new Entry(place, of(value, place))));
                yield new Mapping(place, entries);
            }
            case Json.Arr(List<Json> items) ->
                new Sequence(place, items.stream().map(item -> of(item, place)).toList());
            case Json.Str(String text) -> new Text(place, text);
            case Json.Num(String digits) -> new Numeral(place, digits);
            case Json.Bool(boolean on) -> new Flag(place, on);
            case Json.Null() -> new Nothing(place);
        };
    }
}
