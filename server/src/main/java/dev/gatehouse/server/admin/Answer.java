package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operation answers with when it did what was asked.
sealed interface Answer {
    /// One noun.
    ///
    /// @param once members that are in this answer only
    record One(int status, Noun<?> noun, List<Attribute<?, ?>> once) implements Answer {}

    /// A list of nouns.
    ///
    /// @param query the parameters that say which part of it
    record Many(int status, Noun<?> noun, Set<String> query) implements Answer {}

    /// Some JSON object.
    record Some() implements Answer {}

    /// Nothing more than that it is done.
    record None() implements Answer {}

    /// The status of the reply.
    default int status() {
        return switch (this) {
            case One one -> one.status;
            case Many many -> many.status;
            case Some() -> 200;
            case None() -> 204;
        };
    }

    /// The body of the reply; without members when there is none.
    default Map<String, Object> schema() {
        return switch (this) {
            case One(int _, Noun<?> noun, List<Attribute<?, ?>> once) ->
                once.isEmpty() ? noun.reference() : with(noun, once);
            case Many(int _, Noun<?> noun, Set<String> query) -> list(noun, query);
            case Some() -> Schema.of("type", "object");
            case None() -> Map.of();
        };
    }

    private static Map<String, Object> with(Noun<?> noun, List<Attribute<?, ?>> once) {
        List<Attribute<?, ?>> all = new ArrayList<>(noun.attributes());
        all.addAll(once);
        return Schema.shown(all);
    }

    private static Map<String, Object> list(Noun<?> noun, Set<String> query) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("items", Schema.of("type", "array", "items", noun.reference()));
        if (query.contains("after")) {
            properties.put("next", Schema.text("what `after` takes for the page that follows; absent on the last"));
        }
        if (query.contains("count")) {
            properties.put(
                    "total",
                    Schema.of(
                            "type",
                            "integer",
                            "minimum",
                            0,
                            "description",
                            "how long the whole list is; there with `count=true`"));
        }
        return Schema.object(properties, List.of("items"));
    }
}
