package dev.gatehouse.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The OpenAPI document of the admin API, as a caller gets it.
record ApiDocument(JsonNode root) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
    private static final Pattern ID = Pattern.compile("\\^\\(\\?:([a-z]+)_\\[.*");

    /// One operation of the document.
    record Operation(String method, String path, JsonNode json) {
        boolean writes() {
            return !method.equals("GET");
        }

        /// The variables of the path, in order.
        List<String> variables() {
            return VARIABLE.matcher(path).results().map(match -> match.group(1)).toList();
        }

        List<JsonNode> parameters() {
            return List.copyOf(json.path("parameters").values());
        }

        /// The schema of the body, when there is one.
        Optional<JsonNode> body() {
            return json.path("requestBody")
                    .path("content")
                    .path("application/json")
                    .optional("schema");
        }

        /// The scopes of which one is needed.
        List<String> scopes() {
            return json.path("security").path(0).path("bearer").values().stream()
                    .map(JsonNode::asString)
                    .toList();
        }

        /// The status when all is well.
        int success() {
            return json.path("responses").propertyNames().stream()
                    .mapToInt(Integer::parseInt)
                    .filter(status -> status < 300)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static ApiDocument of(RunningServer server) {
        RunningServer.Got got = server.admin("GET", "/v1/openapi.json", "");
        if (got.status() != 200) {
            throw new AssertionError(got.text());
        }
        return new ApiDocument(got.json());
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one -> all.add(
                                new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), one.getValue()))));
        return all;
    }

    List<Operation> writes() {
        return operations().stream().filter(Operation::writes).toList();
    }

    /// What a reference leads to; anything else as it is.
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode() ? node : root.at(reference.asString().substring(1));
    }

    /// The schema of the reply with this status; missing when the operation does not have such a reply or the
    /// reply has no body.
    JsonNode reply(Operation operation, int status) {
        JsonNode content = resolved(operation.json().path("responses").path(Integer.toString(status)))
                .path("content");
        return content.values().stream()
                .findFirst()
                .map(type -> type.get("schema"))
                .orElse(RunningServer.JSON.missingNode());
    }

    /// The prefix of the ids that a schema takes; empty when it takes none.
    static Optional<String> idPrefix(JsonNode schema) {
        for (JsonNode choice : schema.path("anyOf").values()) {
            if (idPrefix(choice).isPresent()) {
                return idPrefix(choice);
            }
        }
        Matcher matcher = ID.matcher(schema.path("pattern").asString(""));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The name of every member of every body and reply.
    Set<String> memberNames() {
        Set<String> names = new LinkedHashSet<>();
        root.findValues("properties").forEach(properties -> names.addAll(properties.propertyNames()));
        return names;
    }
}
