package dev.gatehouse.oauth.jose;

import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// A compact JWS whose signature nobody has checked yet. Its payload comes out only through [#verify].
public final class UnverifiedJws {
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
    private static final int MAX_HEADER = 512;

    private final String algorithm;
    private final String keyId;
    private final byte[] input;
    private final byte[] payload;
    private final byte[] signature;

    private UnverifiedJws(String algorithm, String keyId, byte[] input, byte[] payload, byte[] signature) {
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.input = input;
        this.payload = payload;
        this.signature = signature;
    }

    /// Reads a compact JWS of one type. Empty unless it has exactly three segments, none of them empty and each in
    /// canonical base64url, and a header of exactly `alg`, `typ` and `kid`: `jwk`, `jku`, `x5u`, `x5c`, `crit`,
    /// `b64`, `zip`, `cty` and whatever comes later are refused by not being listed (RFC 8725 section 3.10,
    /// GAUNTLET E01, E03, E04, E05, E06).
    public static Optional<UnverifiedJws> parse(String text, String type, int maxLength) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (text.length() > maxLength || first < 1 || first > MAX_HEADER || second < 0) {
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
                || !header.get().byName().keySet().equals(HEADER)
                || !header.get().text("typ").equals(Optional.of(type))
                || algorithm.isEmpty()
                || keyId.isEmpty()
                || payload.get().length == 0
                || signature.get().length == 0) {
            return Optional.empty();
        }
        return Optional.of(new UnverifiedJws(
                algorithm.get(),
                keyId.get(),
                text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                payload.get(),
                signature.get()));
    }

    /// The key that it names; a name to look up among known keys, nothing else.
    public String keyId() {
        return keyId;
    }

    /// The payload, when the header's algorithm is the key's own and the signature is right.
    public Optional<byte[]> verify(JwsVerifier verifier) {
        return algorithm.equals(verifier.algorithm().wire()) && verifier.verifies(input, signature)
                ? Optional.of(payload.clone())
                : Optional.empty();
    }
}
