package dev.gatehouse.dialect.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How requests of routes that want it are signed, and what is answered to them: HMAC-SHA-256 over some pieces
/// of the request, empty ones left out.
///
/// @param signatureHeader carries the signature, of replies too
/// @param versionHeader carries `version`
/// @param timeHeader carries when it was signed, in seconds since 1970
/// @param encoding of the signature
/// @param path the segment that the signed path begins with; the whole path without its first `/` when absent,
///     or when it has no such segment
/// @param reply what is signed of a reply; nothing when empty
/// @param join stands between the pieces
/// @param within how far the caller's clock may be from ours, either way
/// @param errors the name of the error family that tells refusals of signatures, on every path
public record Signing(
        String signatureHeader,
        String versionHeader,
        String timeHeader,
        String version,
        Encoding encoding,
        Optional<String> path,
        List<Part> request,
        List<Part> reply,
        String join,
        Duration within,
        String errors) {
    /// Keeps copies.
    public Signing {
        request = List.copyOf(request);
        reply = List.copyOf(reply);
    }

    /// One piece, coded from left to right.
    public record Part(Piece piece, List<Coding> codings) {
        /// Keeps a copy.
        public Part {
            codings = List.copyOf(codings);
        }
    }

    /// What can be signed.
    public enum Piece implements Word {
        /// The method.
        METHOD("method", "the method, in capitals"),
        /// The path.
        PATH("path", "the path, without the first `/`, as it was sent"),
        /// The query.
        QUERY(
                "query",
                "`name=value` of each parameter in the order of the names, joined by `&`, decoded, values as JSON, several"
                        + " `name[]` as a list; a query that another would be signed like is refused"),
        /// The body.
        BODY("body", "the body, byte for byte"),
        /// The time.
        TIME("time", "when the request was signed, as its header says it"),
        /// The version.
        VERSION("version", "the version of the scheme");

        private final String word;
        private final String meaning;

        Piece(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        @Override
        public String word() {
            return word;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }

    /// How a piece is written.
    public enum Coding implements Word {
        /// Percent-encoding, blanks as plus signs.
        PLUS("plus", "percent-encoded but for letters, digits and `-._~`; blanks as `+`"),
        /// Percent-encoding that keeps slashes.
        PERCENT("percent", "percent-encoded but for letters, digits and `-._~/`"),
        /// A JSON string.
        JSON("json", "a JSON string in ASCII");

        private final String word;
        private final String meaning;

        Coding(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        @Override
        public String word() {
            return word;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }

    /// How the signature is written.
    public enum Encoding implements Word {
        /// Hexadecimal.
        HEX("hex", "hexadecimal digits in lower case"),
        /// Base64.
        BASE64("base64", "Base64 with padding");

        private final String word;
        private final String meaning;

        Encoding(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        @Override
        public String word() {
            return word;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }
}
