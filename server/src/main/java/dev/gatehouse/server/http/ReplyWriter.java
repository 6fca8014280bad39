package dev.gatehouse.server.http;

import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import tools.jackson.databind.json.JsonMapper;

/// Writes a reply. What is not for a cache by its own word is for none (O-CACHE of the gauntlet).
final class ReplyWriter {
    /// The header that carries our id of the request.
    static final String REQUEST_ID = "X-Request-Id";

    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField CLOSE =
            new PreEncodedHttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());

    private final JsonMapper json;

    ReplyWriter(JsonMapper json) {
        this.json = json;
    }

    /// Sets status and headers; the body is the caller's to write.
    ByteBuffer begin(Reply reply, String id, Response response) {
        response.setStatus(reply.status());
        HttpFields.Mutable headers = response.getHeaders();
        boolean cacheControl = false;
        for (Header header : reply.headers()) {
            headers.add(header.name(), header.value());
            cacheControl |= header.name().equalsIgnoreCase("Cache-Control");
        }
        if (!cacheControl) {
            headers.add(NO_STORE);
        }
        headers.put(REQUEST_ID, id);
        if (reply.close()) {
            headers.put(CLOSE);
        }
        return body(reply.body(), headers);
    }

    private ByteBuffer body(Body body, HttpFields.Mutable headers) {
        return switch (body) {
            case Body.Empty() -> BufferUtil.EMPTY_BUFFER;
            case Body.Json(String mediaType, var members) -> {
                headers.put(HttpHeader.CONTENT_TYPE, mediaType);
                yield ByteBuffer.wrap(json.writeValueAsBytes(members));
            }
            case Body.Binary(Optional<String> mediaType, Bytes bytes) -> {
                mediaType.ifPresent(type -> headers.put(HttpHeader.CONTENT_TYPE, type));
                yield ByteBuffer.wrap(bytes.toArray());
            }
            case Body.Text(String mediaType, String text) -> {
                headers.put(HttpHeader.CONTENT_TYPE, mediaType);
                yield ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
