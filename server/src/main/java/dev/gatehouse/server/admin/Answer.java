package dev.gatehouse.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operation answers with when it did what was asked.
sealed interface Answer {
    /// What the answer to a write that takes something away has besides the noun.
    List<Attribute<?, ?>> NARROWED = List.of(Receipts.MEMBER);

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

    /// That it is done, and the receipt.
    record Done() implements Answer {}

    /// The status of the reply.
    default int status() {
        return switch (this) {
            case One one -> one.status;
            case Many many -> many.status;
            case Some() -> 200;
            case Done() -> 200;
        };
    }

    /// The body of the reply.
    default Map<String, Object> schema() {
        return switch (this) {
            case One(int _, Noun<?> noun, List<Attribute<?, ?>> once) -> {
                if (once.isEmpty()) {
                    yield noun.reference();
                }
                yield once.equals(NARROWED) ? Schema.reference("schemas", narrowed(noun)) : with(noun, once);
            }
            case Many(int _, Noun<?> noun, Set<String> query) -> list(noun, query);
            case Some() -> Schema.of("type", "object");
            case Done() -> Schema.shown(List.of(Receipts.MEMBER));
        };
    }

    /// Whether what it answers to may take something away, so that it carries a receipt.
    default boolean receipted() {
        return switch (this) {
            case One one -> one.once.contains(Receipts.MEMBER);
            case Done() -> true;
            case Many _, Some() -> false;
        };
    }

    /// The name of the schema of a noun together with a receipt.
    static String narrowed(Noun<?> noun) {
        return noun.name() + "_with_receipt";
    }

    /// A noun and members that are in this answer only.
    static Map<String, Object> with(Noun<?> noun, List<Attribute<?, ?>> once) {
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
