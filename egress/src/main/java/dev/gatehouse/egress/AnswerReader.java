package dev.gatehouse.egress;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one answer (RFC 9112) strictly: what could be read in two ways is not read at all (GAUNTLET K08), and
/// nothing is read past its bound (J07).
final class AnswerReader {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: [\\t -~\\x80-\\xff]*)?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]++):([\\t -~\\x80-\\xff]*+)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})(?:[ \\t]*;[\\t -~]*)?");
    private static final int MAX_FIELDS = 200;
    private static final int MAX_INTERIM = 8;
    private static final int MAX_CHUNK_LINE = 256;

    private final InputStream in;
    private final int mostBody;
    private int headersLeft;

    AnswerReader(InputStream in, int mostHeaders, int mostBody) {
        this.in = in;
        this.headersLeft = mostHeaders;
        this.mostBody = mostBody;
    }

    /// The final answer to a request.
    Fetched.Answer read(String method) throws IOException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            Matcher line = STATUS.matcher(line());
            if (!line.matches()) {
                throw broken();
            }
            int status = Integer.parseInt(line.group(2));
            List<Header> headers = fields();
            if (status >= 200) {
                boolean none = method.equals("HEAD") || status == 204 || status == 304;
                Bytes body = none ? Bytes.NONE : body(headers, line.group(1).equals("1"));
                return new Fetched.Answer(status, headers, body);
            }
            if (status == 101) {
                throw broken();
            }
        }
        throw broken();
    }

    private List<Header> fields() throws IOException {
        List<Header> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw broken();
            }
            if (fields.size() == MAX_FIELDS) {
                throw new Failed(Fetched.Cause.LARGE);
            }
            // Blanks are taken off here: a pattern that does it tries every way to share a run of them (GAUNTLET M07).
            fields.add(new Header(field.group(1), field.group(2).strip()));
        }
        return fields;
    }

    /// RFC 9112 section 6.3, without the cases in which two readers may differ.
    private Bytes body(List<Header> headers, boolean chunksKnown) throws IOException {
        List<String> codings = values(headers, "transfer-encoding");
        List<String> lengths = values(headers, "content-length");
        if (values(headers, "content-encoding").stream().anyMatch(coding -> !coding.equalsIgnoreCase("identity"))) {
            throw broken();
        }
        if (!codings.isEmpty()) {
            boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
            if (!chunked || !chunksKnown || !lengths.isEmpty()) {
                throw broken();
            }
            return chunks();
        }
        if (lengths.isEmpty()) {
            return rest();
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
            throw broken();
        }
        long length = Long.parseLong(lengths.getFirst());
        if (length > mostBody) {
            throw new Failed(Fetched.Cause.LARGE);
        }
        return Bytes.of(exactly((int) length));
    }

    private Bytes chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher line = CHUNK.matcher(line(MAX_CHUNK_LINE));
            if (!line.matches()) {
                throw broken();
            }
            long length = Long.parseLong(line.group(1), 16);
            if (length == 0) {
                var _ = fields();
                return Bytes.of(body.toByteArray());
            }
            if (body.size() + length > mostBody) {
                throw new Failed(Fetched.Cause.LARGE);
            }
            body.writeBytes(exactly((int) length));
            if (in.read() != '\r' || in.read() != '\n') {
                throw broken();
            }
        }
    }

    private Bytes rest() throws IOException {
        byte[] body = in.readNBytes(mostBody);
        if (body.length == mostBody && in.read() >= 0) {
            throw new Failed(Fetched.Cause.LARGE);
        }
        return Bytes.of(body);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw broken();
        }
        return bytes;
    }

    private String line() throws IOException {
        String line = line(headersLeft);
        headersLeft -= line.length() + 2;
        return line;
    }

    /// A line without its CRLF; a bare CR or LF ends nothing.
    private String line(int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0 || c == '\n') {
                throw broken();
            }
            if (line.length() + 2 >= most) {
                throw new Failed(Fetched.Cause.LARGE);
            }
            line.append((char) c);
        }
        if (in.read() != '\n') {
            throw broken();
        }
        return line.toString();
    }

    private static List<String> values(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    private static Failed broken() {
        return new Failed(Fetched.Cause.BROKEN);
    }
}
