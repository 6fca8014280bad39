package dev.gatehouse.dialect.golden;

import dev.gatehouse.core.api.CanonicalPath;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Turns the text of a request into the facts that a reader sees, as if it had come over TLS.
final class RecordedRequest {
    /// An address of documentation (RFC 5737).
    private static final byte[] FROM = {(byte) 192, 0, 2, 1};

    private RecordedRequest() {}

    /// @throws IllegalArgumentException when the text is no request, with what is wrong with it
    static HttpFacts read(GoldenFile.Part part) {
        if (part.lines().isEmpty()) {
            throw new IllegalArgumentException(
                    "the file begins with a request: POST /path, header fields, an empty line, a body");
        }
        String[] line = part.lines().getFirst().split(" ", -1);
        if (line.length < 2 || line.length > 3) {
            throw new IllegalArgumentException("the first line is a method and a path: POST /v1/auth");
        }
        int mark = line[1].indexOf('?');
        String path = mark < 0 ? line[1] : line[1].substring(0, mark);
        if (!CanonicalPath.isCanonical(path)) {
            throw new IllegalArgumentException("the path is not canonical: " + path);
        }
        List<Header> headers = new ArrayList<>();
        for (String field : part.lines().subList(1, part.lines().size())) {
            headers.add(header(field));
        }
        return new HttpFacts(
                "recorded",
                "recorded",
                true,
                line[0],
                "api.example.test",
                path,
                mark < 0 ? Optional.empty() : Optional.of(line[1].substring(mark + 1)),
                headers,
                Bytes.of(part.body().getBytes(StandardCharsets.UTF_8)),
                from(),
                0);
    }

    static Header header(String field) {
        int colon = field.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("this is no header field: " + field);
        }
        return new Header(field.substring(0, colon), field.substring(colon + 1).strip());
    }

    private static InetAddress from() {
        try {
            return InetAddress.getByAddress(FROM);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
