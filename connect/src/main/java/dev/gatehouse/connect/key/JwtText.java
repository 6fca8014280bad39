package dev.gatehouse.connect.key;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON object of texts and numbers, as a part of a JWT.
final class JwtText {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Object> members = new LinkedHashMap<>();

    private JwtText() {}

    static JwtText of(String name, String value) {
        return new JwtText().with(name, value);
    }

    JwtText with(String name, String value) {
        members.put(name, value);
        return this;
    }

    JwtText with(String name, long value) {
        members.put(name, value);
        return this;
    }

    /// In Base64 for URLs.
    String encoded() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            members.forEach((name, value) -> {
                if (value instanceof Long number) {
                    out.writeNumberProperty(name, number);
                } else {
                    out.writeStringProperty(name, value.toString());
                }
            });
            out.writeEndObject();
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
