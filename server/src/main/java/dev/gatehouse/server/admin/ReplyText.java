package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A reply as bytes that it can be read back from.
final class ReplyText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReplyText() {}

    static byte[] write(Reply reply) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("status", reply.status());
        members.put(
                "headers",
                reply.headers().stream()
                        .map(header -> List.of(header.name(), header.value()))
                        .toList());
        switch (reply.body()) {
            case Body.Empty() -> {}
            case Body.Json(String mediaType, var body) -> {
                members.put("type", mediaType);
                members.put("body", JSON.writeValueAsString(body));
            }
            case Body.Text(String mediaType, String text) -> {
                members.put("type", mediaType);
                members.put("body", text);
            }
            case Body.Binary _ -> throw new IllegalStateException("the admin API answers with text");
        }
        return JSON.writeValueAsBytes(members);
    }

    static Reply read(byte[] bytes) {
        JsonNode members = JSON.readTree(bytes);
        List<Header> headers = new ArrayList<>();
        members.get("headers")
                .forEach(header -> headers.add(
                        new Header(header.get(0).asString(), header.get(1).asString())));
        Body body = members.has("body")
                ? body(members.get("type").asString(), members.get("body").asString())
                : new Body.Empty();
        return new Reply(members.get("status").asInt(), headers, body, false);
    }

    private static Body body(String mediaType, String text) {
        return mediaType.endsWith("json")
                ? new Body.Json(mediaType, JSON.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {}))
                : new Body.Text(mediaType, text);
    }
}
