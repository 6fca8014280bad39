package dev.gatehouse.server;

import dev.gatehouse.server.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The values inside a body, each with where it is and with its schema.
record Spots(SchemaCheck check) {
    /// One value.
    ///
    /// @param at a JSON pointer (RFC 6901); empty for the body itself
    record Spot(String at, JsonNode schema, JsonNode value) {
        /// Whether it is an object that takes certain members only.
        boolean closed() {
            return value.isObject()
                    && schema.has("properties")
                    && !schema.path("additionalProperties").asBoolean(false);
        }
    }

    /// Every value of every body that an operation takes, each place once, with a body that it is in.
    static void everywhere(Requests requests, Operation operation, Estate estate, BiConsumer<ObjectNode, Spot> use) {
        JsonNode schema = operation
                .body()
                .orElseGet(() -> RunningServer.JSON.readTree("{\"type\":\"object\",\"properties\":{}}"));
        Set<String> seen = new HashSet<>();
        List<List<String>> choices = new ArrayList<>(List.of(List.of()));
        Requests.optional(operation).forEach(name -> choices.add(List.of(name)));
        for (List<String> others : choices) {
            ObjectNode body = requests.body(operation, estate, others);
            for (Spot spot : new Spots(requests.check()).in(schema, body)) {
                if (seen.add(spot.at())) {
                    use.accept(body, spot);
                }
            }
        }
    }

    /// The body itself first.
    List<Spot> in(JsonNode schema, JsonNode body) {
        List<Spot> spots = new ArrayList<>();
        collect("", schema, body, spots);
        return spots;
    }

    private void collect(String at, JsonNode schema, JsonNode value, List<Spot> spots) {
        JsonNode chosen = chosen(schema, value);
        spots.add(new Spot(at, chosen, value));
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode named = chosen.path("properties").path(member.getKey());
            collect(
                    at + "/" + member.getKey(),
                    named.isMissingNode() ? chosen.path("additionalProperties") : named,
                    member.getValue(),
                    spots);
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            collect(at + "/" + i, chosen.path("items"), value.get(i), spots);
        }
    }

    private JsonNode chosen(JsonNode schema, JsonNode value) {
        return schema.path("anyOf").values().stream()
                .filter(choice -> check.allows(choice, value))
                .findFirst()
                .orElse(schema);
    }

    /// A copy of a body with another value in one spot.
    static ObjectNode with(ObjectNode body, String at, JsonNode value) {
        ObjectNode copy = body.deepCopy();
        int last = at.lastIndexOf('/');
        String name = at.substring(last + 1);
        switch (copy.at(at.substring(0, last))) {
            case ArrayNode items -> items.set(Integer.parseInt(name), value);
            case JsonNode object -> ((ObjectNode) object).set(name, value);
        }
        return copy;
    }
}
