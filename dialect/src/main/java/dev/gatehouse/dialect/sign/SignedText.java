package dev.gatehouse.dialect.sign;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.dialect.model.Signing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What is signed of a request or a reply.
public final class SignedText {
    /// A piece and how it is written.
    private record Part(ByteBuffer piece, List<Signing.Coding> codings) {}

    private final byte[] between;
    private final List<Part> parts;

    private SignedText(String between, List<Part> parts) {
        this.between = Coded.utf8(between);
        this.parts = List.copyOf(parts);
    }

    /// Of a request whose body is there; empty where the same text would be signed of another request, so that a
    /// signature of it would say nothing.
    ///
    /// @param time as its header says it
    public static Optional<SignedText> request(Signing signing, HttpFacts http, String time) {
        Optional<String> query = SortedQuery.of(http.query().orElse(""));
        String path = path(signing, http.path());
        if (query.isEmpty() || ambiguous(path, query.get(), http.body().buffer())) {
            return Optional.empty();
        }
        return of(signing, signing.request(), piece -> switch (piece) {
            case METHOD -> bytes(http.method().toUpperCase(Locale.ROOT));
            case PATH -> bytes(path);
            case QUERY -> bytes(query.get());
            case BODY -> http.body().buffer();
            case TIME -> bytes(time);
            case VERSION -> bytes(signing.version());
        });
    }

    /// Empty pieces are left out, so that what follows one could be taken for it.
    private static boolean ambiguous(String path, String query, ByteBuffer body) {
        return path.isEmpty() ? !query.isEmpty() || body.hasRemaining() : query.isEmpty() && SortedQueryForm.is(body);
    }

    /// Of the reply to it; empty where replies are not signed, or where this one cannot be: a body that is no
    /// text has no form as JSON.
    ///
    /// @param time of the request
    public static Optional<SignedText> reply(Signing signing, ByteBuffer body, String time) {
        return signing.reply().isEmpty()
                ? Optional.empty()
                : of(signing, signing.reply(), piece -> switch (piece) {
                    case BODY -> body.asReadOnlyBuffer();
                    case TIME -> bytes(time);
                    case VERSION -> bytes(signing.version());
                    case METHOD, PATH, QUERY ->
                        throw new IllegalStateException("the loader lets no reply have a " + piece.word());
                });
    }

    /// A signature as its header has it.
    public static String written(Signing signing, byte[] mac) {
        return switch (signing.encoding()) {
            case HEX -> HexFormat.of().formatHex(mac);
            case BASE64 -> Base64.getEncoder().encodeToString(mac);
        };
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(Coded.utf8(text));
    }

    private static String path(Signing signing, String path) {
        if (signing.path().isPresent()) {
            String segment = "/" + signing.path().get();
            int at = (path + "/").indexOf(segment + "/");
            if (at >= 0) {
                return path.substring(at + 1);
            }
        }
        return path.substring(1);
    }

    private static Optional<SignedText> of(
            Signing signing, List<Signing.Part> parts, Function<Signing.Piece, ByteBuffer> pieces) {
        List<Part> there = new ArrayList<>();
        for (Signing.Part part : parts) {
            ByteBuffer piece = pieces.apply(part.piece());
            if (!Coded.codable(piece, part.codings())) {
                return Optional.empty();
            }
            if (!Coded.empty(piece, part.codings())) {
                there.add(new Part(piece, part.codings()));
            }
        }
        return Optional.of(new SignedText(signing.join(), there));
    }

    /// Tells the text, from its beginning.
    public void tell(HmacSha256.Parts to) {
        for (int i = 0; i < parts.size(); i++) {
            to.add(between, 0, i == 0 ? 0 : between.length);
            Coded.tell(parts.get(i).piece(), parts.get(i).codings(), to);
        }
    }

    /// The whole text, for whoever shows it.
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        tell(out::write);
        return out.toByteArray();
    }
}
