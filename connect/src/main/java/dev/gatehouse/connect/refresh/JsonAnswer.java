package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.http.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// The text and number members of the JSON object that a token endpoint answers with, bounded (GAUNTLET M02).
final class JsonAnswer {
    private static final int MAX_LENGTH = 64 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxDocumentLength(MAX_LENGTH)
                    .maxTokenCount(2_000)
                    .maxStringLength(16 * 1024)
                    .maxNameLength(256)
                    .maxNumberLength(20)
                    .build())
            .build();

    private JsonAnswer() {}

    /// The members; empty when it is no JSON object, or has a name twice.
    static Optional<Map<String, String>> read(Bytes body) {
        if (body.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body.toArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, String> members = new HashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token.isStructStart()) {
                    var _ = parser.skipChildren();
                } else if (token != JsonToken.VALUE_NULL && members.put(name, parser.getString()) != null) {
                    return Optional.empty();
                }
            }
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
