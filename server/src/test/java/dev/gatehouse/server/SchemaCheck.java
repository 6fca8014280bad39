package dev.gatehouse.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Checks values against the part of JSON Schema that the document uses. A keyword that it does not know is an
/// error, so nothing is left unchecked in silence.
record SchemaCheck(ApiDocument document) {
    private static final Set<String> NOTES = Set.of("description", "examples", "default", "format", "writeOnly");

    boolean allows(JsonNode schema, JsonNode value) {
        return mistakes(schema, value).isEmpty();
    }

    /// What is wrong with a value; empty when nothing is.
    List<String> mistakes(JsonNode schema, JsonNode value) {
        List<String> mistakes = new ArrayList<>();
        check(schema, value, "", mistakes);
        return mistakes;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> mistakes) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!holds(keyword.getKey(), keyword.getValue(), schema, value, at, mistakes)) {
                mistakes.add(at + ": " + keyword.getKey() + " " + keyword.getValue() + " is not met by " + value);
            }
        }
    }

    private boolean holds(
            String keyword, JsonNode limit, JsonNode schema, JsonNode value, String at, List<String> mistakes) {
        return switch (keyword) {
            case "$ref" -> checked(document.resolved(schema), value, at, mistakes);
            case "type" -> type(limit.asString(), value);
            case "const" -> value.equals(limit);
            case "enum" -> limit.values().stream().anyMatch(value::equals);
            case "anyOf" -> limit.values().stream().anyMatch(choice -> allows(choice, value));
            case "oneOf" ->
                limit.values().stream().filter(choice -> allows(choice, value)).count() == 1;
            case "pattern" -> !value.isString() || value.asString().matches("(?s)" + limit.asString());
            case "minLength" -> !value.isString() || points(value) >= limit.asInt();
            case "maxLength" -> !value.isString() || points(value) <= limit.asInt();
            case "minimum" ->
                !value.isIntegralNumber() || value.bigIntegerValue().compareTo(limit.bigIntegerValue()) >= 0;
            case "maximum" ->
                !value.isIntegralNumber() || value.bigIntegerValue().compareTo(limit.bigIntegerValue()) <= 0;
            case "minItems" -> !value.isArray() || value.size() >= limit.asInt();
            case "maxItems" -> !value.isArray() || value.size() <= limit.asInt();
            case "uniqueItems" -> !value.isArray() || new HashSet<>(value.values()).size() == value.size();
            case "items" -> {
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    check(limit, value.get(i), at + "[" + i + "]", mistakes);
                }
                yield true;
            }
            case "maxProperties" -> !value.isObject() || value.size() <= limit.asInt();
            case "required" ->
                !value.isObject() || limit.values().stream().allMatch(name -> value.has(name.asString()));
            case "properties" -> {
                value.properties().forEach(member -> {
                    if (limit.has(member.getKey())) {
                        check(limit.get(member.getKey()), member.getValue(), at + "." + member.getKey(), mistakes);
                    }
                });
                yield true;
            }
            case "additionalProperties" -> others(limit, schema, value, at, mistakes);
            case "propertyNames" -> {
                value.propertyNames()
                        .forEach(name -> check(
                                limit,
                                RunningServer.JSON.getNodeFactory().stringNode(name),
                                at + " " + name,
                                mistakes));
                yield true;
            }
            default -> {
                if (!NOTES.contains(keyword)) {
                    throw new AssertionError("the keyword " + keyword + " of the document is not checked yet");
                }
                yield true;
            }
        };
    }

    private boolean checked(JsonNode schema, JsonNode value, String at, List<String> mistakes) {
        check(schema, value, at, mistakes);
        return true;
    }

    private boolean others(JsonNode limit, JsonNode schema, JsonNode value, String at, List<String> mistakes) {
        boolean allowed = true;
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!schema.path("properties").has(member.getKey())) {
                if (limit.isObject()) {
                    check(limit, member.getValue(), at + "." + member.getKey(), mistakes);
                } else {
                    allowed &= limit.asBoolean();
                }
            }
        }
        return allowed;
    }

    private static boolean type(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            case "null" -> value.isNull();
            default -> throw new AssertionError("the type " + type + " of the document is not checked yet");
        };
    }

    private static int points(JsonNode value) {
        String text = value.asString();
        return text.codePointCount(0, text.length());
    }
}
