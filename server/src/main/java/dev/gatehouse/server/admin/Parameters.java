package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What stands in the paths and queries of the operations, as parameters of the OpenAPI document.
final class Parameters {
    /// A query parameter that several operations take.
    record Taken(String name, String about, Map<String, Object> schema) {}

    private static final Map<String, Object> ANY_TEXT = Schema.of("type", "string");

    static final List<Taken> QUERY = all(
            new Taken(
                    "limit",
                    "The most items of a page.",
                    Schema.of(
                            "type",
                            "integer",
                            "minimum",
                            1,
                            "maximum",
                            Query.MAX_LIMIT,
                            "default",
                            Query.DEFAULT_LIMIT)),
            new Taken("after", "The `next` of the page before.", ANY_TEXT),
            new Taken(
                    "page",
                    "Which page, without `after`: (page - 1) * limit is at most " + Slice.MAX_SKIP + ".",
                    Schema.of("type", "integer", "minimum", 1, "maximum", Slice.MAX_SKIP + 1, "default", 1)),
            new Taken(
                    "count",
                    "Whether the reply has `total`, the length of the list.",
                    Schema.of("type", "boolean", "default", false)),
            new Taken("name", "Only what has exactly this name.", Types.NAME.schema()),
            new Taken(
                    "parent",
                    "The organization whose children are listed; the caller's own when left out.",
                    Types.id(Kind.ORGANIZATION).schema()));

    private Parameters() {}

    private static List<Taken> all(Taken... taken) {
        return Stream.concat(Stream.of(taken), AuditQuery.DESCRIBED.stream()).toList();
    }

    /// The parameters of one operation.
    static List<Object> of(Row row) {
        List<Object> all = new ArrayList<>();
        row.variables()
                .forEach(name ->
                        all.add(Schema.of("name", name, "in", "path", "required", true, "schema", variable(name))));
        row.query().stream().sorted().forEach(name -> all.add(query(name)));
        if (row.conditionalRead()) {
            all.add(header("If-None-Match", "Entity tags; 304 when the noun has one of them.", ANY_TEXT));
        }
        if (row.conditionalWrite()) {
            all.add(header("If-Match", "Entity tags; 412 when the noun has none of them.", ANY_TEXT));
        }
        if (row.keyed()) {
            all.add(header(
                    KeyedRequest.HEADER,
                    "Sent again with the same key within a day, the same request has no further effect and gets the same"
                            + " reply; another request gets 422.",
                    KeyedRequest.SCHEMA));
        }
        return all;
    }

    private static Map<String, Object> header(String name, String about, Map<String, Object> schema) {
        return Schema.of("name", name, "in", "header", "description", about, "schema", schema);
    }

    /// A variable of a path is named after the kind of the id that stands there. Apis also go by their name.
    private static Map<String, Object> variable(String name) {
        Kind kind = Kind.valueOf(name.toUpperCase(Locale.ROOT));
        Map<String, Object> id = Types.id(kind).schema();
        return kind == Kind.API ? Schema.of("anyOf", List.of(id, Types.SLUG.schema())) : id;
    }

    private static Map<String, Object> query(String name) {
        Taken taken = QUERY.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the parameter " + name + " is not described"));
        return Schema.of("name", name, "in", "query", "description", taken.about(), "schema", taken.schema());
    }
}
