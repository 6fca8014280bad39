package dev.gatehouse.oauth.jose;

import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A compact JWS whose signature nobody has checked yet. Its payload comes out only through [#verify].
public final class UnverifiedJws {
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
    private static final int MAX_HEADER = 512;

    /// The header member by which a JWS brings its own key (RFC 9449 section 4.2).
    private static final String KEY = "jwk";

    /// A header with the largest key that is taken.
    private static final int MAX_WITH_KEY = 2048;

    /// What a header may not say whatever else it says: where a key is to be had, that its payload is no plain
    /// one, or that something has to be understood that is not (RFC 7515 section 4.1, RFC 8725 section 3.10).
    private static final Set<String> NEVER =
            Set.of("crit", "b64", "zip", "cty", "enc", "epk", KEY, "jku", "x5u", "x5c");

    private final String algorithm;
    private final Optional<String> type;
    private final Optional<String> keyId;
    private final byte[] input;
    private final byte[] payload;
    private final byte[] signature;

    private UnverifiedJws(
            String algorithm,
            Optional<String> type,
            Optional<String> keyId,
            byte[] input,
            byte[] payload,
            byte[] signature) {
        this.algorithm = algorithm;
        this.type = type;
        this.keyId = keyId;
        this.input = input;
        this.payload = payload;
        this.signature = signature;
    }

    /// Reads a compact JWS of one type. Empty unless it has exactly three segments, none of them empty and each
    /// in canonical base64url, and a header of exactly `alg`, `typ` and `kid`: `jwk`, `jku`, `x5u`, `x5c`,
    /// `crit`, `b64`, `zip`, `cty` and whatever comes later are refused by not being listed (RFC 8725 section
    /// 3.10, GAUNTLET E01, E03, E04, E05, E06).
    public static Optional<UnverifiedJws> parse(String text, String type, int maxLength) {
        return parse(
                text,
                maxLength,
                MAX_HEADER,
                header -> header.byName().keySet().equals(HEADER)
                        && header.text("typ").equals(Optional.of(type)));
    }

    /// The same of what others write, who may leave out `typ` and `kid`: what else their headers say is passed
    /// over, as RFC 7515 section 4 has it, unless it is among what no header may say.
    ///
    /// @param types the types that it may have, in lower case
    public static Optional<UnverifiedJws> parseForeign(String text, Set<String> types, int maxLength) {
        return parse(
                text,
                maxLength,
                MAX_HEADER,
                header -> header.byName().keySet().stream().noneMatch(NEVER::contains) && typed(header, types));
    }

    private static boolean typed(Json.Members header, Set<String> types) {
        return !header.byName().containsKey("typ")
                || header.text("typ")
                        .filter(type -> types.contains(type.toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    /// The same of one that brings the key that it is to be checked under, in `jwk`, and says its type. That it is
    /// right tells that whoever wrote it has that key, and nothing of who that is.
    static Optional<UnverifiedJws> parseWithKey(
            String text, String type, int maxLength, Predicate<Json.Members> takesKey) {
        return parse(
                text,
                maxLength,
                MAX_WITH_KEY,
                header -> header.byName().keySet().stream().noneMatch(name -> NEVER.contains(name) && !name.equals(KEY))
                        && header.text("typ").equals(Optional.of(type))
                        && header.object(KEY).filter(takesKey).isPresent());
    }

    private static Optional<UnverifiedJws> parse(
            String text, int maxLength, int maxHeader, Predicate<Json.Members> fits) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (text.length() > maxLength || first < 1 || first > maxHeader || second < 0) {
            return Optional.empty();
        }
        Optional<byte[]> head = Base64Url.decode(text.substring(0, first));
        Optional<byte[]> payload = Base64Url.decode(text.substring(first + 1, second));
        Optional<byte[]> signature = Base64Url.decode(text.substring(second + 1));
        if (head.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        Optional<Json.Members> header = StrictJson.object(head.get());
        Optional<String> algorithm = header.flatMap(members -> members.text("alg"));
        Optional<String> keyId = header.flatMap(members -> members.text("kid"));
        if (header.isEmpty()
                || !fits.test(header.get())
                || algorithm.isEmpty()
                || (header.get().byName().containsKey("kid") && keyId.isEmpty())
                || payload.get().length == 0
                || signature.get().length == 0) {
            return Optional.empty();
        }
        return Optional.of(new UnverifiedJws(
                algorithm.get(),
                header.get().text("typ"),
                keyId,
                text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                payload.get(),
                signature.get()));
    }

    /// The key that it names; a name to look up among known keys, nothing else. An empty one names none.
    public String keyId() {
        return keyId.orElse("");
    }

    /// The same, where it may be left out.
    Optional<String> maybeKeyId() {
        return keyId;
    }

    /// What its header says that it is signed with; a key decides whether that is so.
    public String algorithm() {
        return algorithm;
    }

    /// What it claims, and nobody knows yet who says so. For finding out whose key it would have to be under, and
    /// for turning away what no key could make good.
    public byte[] claimed() {
        return payload.clone();
    }

    /// Whether it says that it is of this type, in lower case.
    public boolean typed(String name) {
        return type.filter(one -> one.toLowerCase(Locale.ROOT).equals(name)).isPresent();
    }

    /// Whether the header names this algorithm.
    boolean names(Algorithm other) {
        return other.named(algorithm);
    }

    /// The payload, when the header's algorithm is the key's own and the signature is right.
    public Optional<byte[]> verify(JwsVerifier verifier) {
        return verifier.answers(algorithm) && verifier.verifies(input, signature)
                ? Optional.of(payload.clone())
                : Optional.empty();
    }
}
