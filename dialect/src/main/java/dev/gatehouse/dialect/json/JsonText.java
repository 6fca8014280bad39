package dev.gatehouse.dialect.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads a JSON object strictly: no member twice, nothing after it, bounded in depth and size.
public final class JsonText {
    /// The largest body that is read, in bytes.
    public static final int MAX_BYTES = 64 * 1024;

    /// The largest reply of an upstream that is read, in bytes.
    public static final int MAX_REPLY_BYTES = 1024 * 1024;

    /// `null`, which a map cannot hold.
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /// A number as it was written.
    public record Numeral(String digits) {}

    private static final JsonFactory JSON = factory(MAX_BYTES, 4_000);
    private static final JsonFactory REPLIES = factory(MAX_REPLY_BYTES, 100_000);

    private static JsonFactory factory(int bytes, int tokens) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(16)
                        .maxDocumentLength(bytes)
                        .maxTokenCount(tokens)
                        .maxStringLength(bytes)
                        .maxNameLength(256)
                        .maxNumberLength(40)
                        .build())
                .build();
    }

    private JsonText() {}

    /// The object that a text is. Empty when it is none, has a member twice, or is too deep or too large.
    public static Optional<Map<String, Object>> object(String text) {
        return object(text, JSON);
    }

    /// The same of a reply, which may be larger.
    public static Optional<Map<String, Object>> reply(String text) {
        return object(text, REPLIES);
    }

    private static Optional<Map<String, Object>> object(String text, JsonFactory json) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> members = members(parser);
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> members(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> parser.getString();
        };
    }

    private static List<Object> items(JsonParser parser) {
        List<Object> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(parser, token));
            token = parser.nextToken();
        }
        return items;
    }
}
