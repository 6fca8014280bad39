package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/// Reads one JSON object (RFC 8259) without tolerance (GAUNTLET M02): UTF-8 without a mark in front, no duplicate
/// members, nothing after the object, bounded in every direction. Values are maps, lists, strings, `Long`s,
/// `Boolean`s and the two types below.
final class StrictJson {
    /// The largest body.
    static final int MAX_BYTES = 65_536;

    /// The literal `null`, read and written.
    record Null() implements JacksonSerializable {
        @Override
        public void serialize(JsonGenerator generator, SerializationContext context) {
            generator.writeNull();
        }

        @Override
        public void serializeWithType(JsonGenerator generator, SerializationContext context, TypeSerializer type) {
            generator.writeNull();
        }
    }

    /// A number that is not a 64-bit integer; no member of any noun is one.
    record OtherNumber() {}

    /// A member that is there twice.
    private static final class Twice extends Exception {
        private static final long serialVersionUID = 1;

        Twice(String name) {
            super(name, null, false, false);
        }
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxDocumentLength(MAX_BYTES)
                    .maxTokenCount(MAX_BYTES)
                    .maxStringLength(8192)
                    .maxNameLength(256)
                    .maxNumberLength(40)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private StrictJson() {}

    static Got<Map<String, Object>> read(Bytes body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return malformed("the body is not UTF-8");
        }
        if (text.startsWith("\uFEFF")) {
            return malformed("the body begins with a byte order mark");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return malformed("the body is not a JSON object");
            }
            Map<String, Object> members = object(parser);
            return parser.nextToken() == null ? Got.of(members) : malformed("something follows the JSON object");
        } catch (Twice e) {
            return malformed("a member is there twice");
        } catch (JacksonException e) {
            return malformed("the body is not JSON, or too deep or too long");
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws Twice {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (members.putIfAbsent(name, value(parser, parser.nextToken())) != null) {
                throw new Twice(name);
            }
        }
        return members;
    }

    private static Object value(JsonParser parser, JsonToken token) throws Twice {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                JsonToken next = parser.nextToken();
                while (next != JsonToken.END_ARRAY) {
                    items.add(value(parser, next));
                    next = parser.nextToken();
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? new OtherNumber()
                        : (Object) parser.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> new Null();
            default -> new OtherNumber();
        };
    }

    private static <T> Got<T> malformed(String detail) {
        return Got.no(new Problem.Refused(new Refusal.Malformed(detail)));
    }
}
