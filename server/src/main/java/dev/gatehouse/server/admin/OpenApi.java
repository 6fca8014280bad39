package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The OpenAPI 3.1 document of the admin API, made from the table of operations and from the attributes of the
/// nouns. Whoever is let in at all may read it.
final class OpenApi {
    private static final String SECURITY = "bearer";
    private static final String PROBLEM = "problem";
    private static final Map<String, Object> DOCUMENT = document(Operations.TABLE);

    private OpenApi() {}

    static Got<Reply> get(Call call) {
        return Got.of(Reply.json(200, DOCUMENT));
    }

    static Map<String, Object> document() {
        return DOCUMENT;
    }

    private static Map<String, Object> document(List<Row> table) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Row row : table) {
            paths.computeIfAbsent(row.path().text(), _ -> new LinkedHashMap<>())
                    .put(row.method().toLowerCase(Locale.ROOT), operation(row, table));
        }
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas(table));
        components.put("responses", responses());
        components.put("headers", Schema.of(KeyedRequest.REPLAYED, replayed()));
        components.put("securitySchemes", Schema.of(SECURITY, security()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.1");
        document.put("info", Schema.of("title", "Gatehouse admin API", "version", "1"));
        document.put("servers", List.of(Schema.of("url", "/")));
        document.put("paths", paths);
        document.put("components", components);
        return document;
    }

    private static Map<String, Object> operation(Row row, List<Row> table) {
        Map<String, Object> members = Schema.of("operationId", OperationId.of(row, table), "summary", row.summary());
        List<Object> parameters = Parameters.of(row);
        if (!parameters.isEmpty()) {
            members.put("parameters", parameters);
        }
        if (!row.form().items().isEmpty()) {
            boolean required = row.form().items().stream().anyMatch(Form.Item::required);
            members.put(
                    "requestBody",
                    Schema.of("required", required, "content", json("application/json", Schema.form(row.form()))));
        }
        Map<String, Object> responses = new TreeMap<>();
        Map<String, Object> done = Schema.of(
                "description",
                "Done.",
                "content",
                json("application/json", row.answer().schema()));
        if (row.keyed()) {
            done.put("headers", Schema.of(KeyedRequest.REPLAYED, Schema.reference("headers", KeyedRequest.REPLAYED)));
        }
        responses.put(Integer.toString(row.answer().status()), done);
        if (row.conditionalRead()) {
            responses.put("304", Schema.of("description", "The caller has it already."));
        }
        for (Failure failure : Failure.of(row)) {
            responses.put(failure.code(), Schema.reference("responses", failure.code()));
        }
        members.put("responses", responses);
        members.put("security", List.of(Schema.of(SECURITY, row.need().scopes().list())));
        return members;
    }

    private static Map<String, Object> schemas(List<Row> table) {
        Map<String, Object> schemas = new TreeMap<>();
        schemas.put(PROBLEM, problem());
        add(Receipts.NOUN, schemas);
        for (Row row : table) {
            switch (row.answer()) {
                case Answer.One one -> {
                    add(one.noun(), schemas);
                    if (one.receipted()) {
                        schemas.put(Answer.narrowed(one.noun()), Answer.with(one.noun(), Answer.NARROWED));
                    }
                }
                case Answer.Many many -> add(many.noun(), schemas);
                case Answer.Some(), Answer.Done() -> {}
            }
        }
        return schemas;
    }

    private static void add(Noun<?> noun, Map<String, Object> schemas) {
        schemas.put(noun.name(), Schema.shown(noun.attributes()));
    }

    /// RFC 9457.
    private static Map<String, Object> problem() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Schema.text("urn:gatehouse:problem: and the code"));
        properties.put("status", Schema.of("type", "integer", "minimum", 400, "maximum", 599));
        properties.put("code", Schema.text("what went wrong, for programs"));
        properties.put("detail", Schema.text("what went wrong, for people"));
        return Schema.object(properties, List.copyOf(properties.keySet()));
    }

    private static Map<String, Object> responses() {
        Map<String, Object> responses = new LinkedHashMap<>();
        Map<String, Object> content = json("application/problem+json", Schema.reference("schemas", PROBLEM));
        for (Failure failure : Failure.values()) {
            responses.put(failure.code(), Schema.of("description", failure.about(), "content", content));
        }
        return responses;
    }

    private static Map<String, Object> replayed() {
        return Schema.of(
                "description",
                "There when this is the reply to an earlier request with the same `" + KeyedRequest.HEADER + "`.",
                "schema",
                Schema.of("type", "string", "enum", List.of("true")));
    }

    private static Map<String, Object> security() {
        return Schema.of(
                "type", "http", "scheme", "bearer", "description", "An API key with scopes at the Api `gatehouse`.");
    }

    private static Map<String, Object> json(String type, Map<String, Object> schema) {
        return Schema.of(type, Schema.of("schema", schema));
    }
}
