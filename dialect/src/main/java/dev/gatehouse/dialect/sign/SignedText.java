package dev.gatehouse.dialect.sign;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.model.Signing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What is signed.
public final class SignedText {
    private SignedText() {}

    /// Of a request whose body is there.
    ///
    /// @param time as its header says it
    public static byte[] request(Signing signing, HttpFacts http, String time) {
        return joined(signing, signing.request(), piece -> switch (piece) {
                    case METHOD -> Coded.utf8(http.method().toUpperCase(Locale.ROOT));
                    case PATH -> Coded.utf8(path(signing, http.path()));
                    case QUERY -> Coded.utf8(http.query().map(SortedQuery::of).orElse(""));
                    case BODY -> http.body().toArray();
                    case TIME -> Coded.utf8(time);
                    case VERSION -> Coded.utf8(signing.version());
                })
                .orElseThrow(() -> new IllegalStateException("nothing of a request is signed as JSON"));
    }

    /// Of the reply to it; empty where replies are not signed, or where this one cannot be: a body that is no text has
    /// no form as JSON.
    ///
    /// @param time of the request
    public static Optional<byte[]> reply(Signing signing, byte[] body, String time) {
        return signing.reply().isEmpty()
                ? Optional.empty()
                : joined(signing, signing.reply(), piece -> switch (piece) {
                    case BODY -> body;
                    case TIME -> Coded.utf8(time);
                    case VERSION -> Coded.utf8(signing.version());
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

    private static Optional<byte[]> joined(
            Signing signing, List<Signing.Part> parts, Function<Signing.Piece, byte[]> pieces) {
        Joined joined = new Joined(signing.join());
        for (Signing.Part part : parts) {
            Optional<byte[]> coded = Coded.of(pieces.apply(part.piece()), part.codings());
            if (coded.isEmpty()) {
                return Optional.empty();
            }
            joined.add(coded.get());
        }
        return Optional.of(joined.bytes());
    }

    /// Pieces with a text between those that are not empty.
    private static final class Joined {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        private final byte[] between;

        Joined(String between) {
            this.between = between.getBytes(StandardCharsets.UTF_8);
        }

        void add(byte[] piece) {
            if (piece.length > 0) {
                out.write(between, 0, out.size() == 0 ? 0 : between.length);
                out.write(piece, 0, piece.length);
            }
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
