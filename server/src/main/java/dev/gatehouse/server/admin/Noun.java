package dev.gatehouse.server.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that is shown of one kind of stored thing, in order.
record Noun<N>(String name, List<Attribute<N, ?>> attributes) {
    Map<String, Object> show(N noun, View view) {
        return show(noun, attributes, view);
    }

    /// Where the document keeps its schema.
    Map<String, Object> reference() {
        return Schema.reference("schemas", name);
    }

    /// The noun as a member of another one.
    Type<Map<String, Object>> inside() {
        return new ShownOnly(reference());
    }

    /// The members of an object inside a noun.
    static <N> Map<String, Object> show(N noun, List<Attribute<N, ?>> attributes, View view) {
        Map<String, Object> members = new LinkedHashMap<>();
        attributes.forEach(
                attribute -> attribute.show(noun, view).ifPresent(value -> members.put(attribute.name(), value)));
        return members;
    }
}
