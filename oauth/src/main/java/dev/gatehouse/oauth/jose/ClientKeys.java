package dev.gatehouse.oauth.jose;

import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The public keys of a client: a JWK Set (RFC 7517 section 5), bounded, in which every key has a name of its
/// own.
public final class ClientKeys {
    /// The most keys of one set.
    public static final int MAX_KEYS = 8;

    /// The longest text of one.
    public static final int MAX_LENGTH = 16_384;

    /// What the metadata call the algorithms that clients may sign with.
    public static final List<String> ALGORITHMS =
            List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519", "PS256", "RS256");

    /// What reading gave.
    public sealed interface Read {
        /// The keys.
        record Good(ClientKeys keys) implements Read {}

        /// None, and why.
        record Wrong(String why) implements Read {}
    }

    private record Verifying(ClientJwk key, Algorithm algorithm, JwsVerifier verifier) {}

    private final List<ClientJwk> keys;

    private ClientKeys(List<ClientJwk> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Reads a set. The checks in order; the first that fails answers.
    public static Read read(String jwks) {
        Optional<List<Json.Members>> jwk = jwks.length() > MAX_LENGTH
                ? Optional.empty()
                : StrictJson.object(jwks.getBytes(StandardCharsets.UTF_8)).flatMap(set -> set.objects("keys"));
        if (jwk.isEmpty() || jwk.get().isEmpty() || jwk.get().size() > MAX_KEYS) {
            return new Read.Wrong("a JWK Set, {\"keys\": [...]}, of 1 to " + MAX_KEYS + " keys and at most "
                    + MAX_LENGTH + " characters");
        }
        List<ClientJwk> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Json.Members one : jwk.get()) {
            String at = "keys[" + keys.size() + "] ";
            switch (ClientJwk.read(one)) {
                case ClientJwk.Read.Wrong(String why) -> {
                    return new Read.Wrong(at + why);
                }
                case ClientJwk.Read.Good(ClientJwk key) -> {
                    if (!names.add(key.keyId()) || !names.add("=" + key.thumbprint())) {
                        return new Read.Wrong(at + "is there twice, or has the kid of another one");
                    }
                    keys.add(key);
                }
            }
        }
        return new Read.Good(new ClientKeys(keys));
    }

    /// Reads a set that a client keeps itself, which may have keys in it for other purposes: those are passed
    /// over. Empty when none is left, when two have one name, or when there is a private part in it.
    public static Optional<ClientKeys> readForeign(String jwks) {
        return readForeign(jwks, MAX_KEYS, MAX_LENGTH);
    }

    /// The same with other bounds.
    public static Optional<ClientKeys> readForeign(String jwks, int maxKeys, int maxLength) {
        Optional<List<Json.Members>> jwk = jwks.length() > maxLength
                ? Optional.empty()
                : StrictJson.object(jwks.getBytes(StandardCharsets.UTF_8)).flatMap(set -> set.objects("keys"));
        List<ClientJwk> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Json.Members one : jwk.orElse(List.of())) {
            boolean sound = !one.byName().containsKey("d");
            if (ClientJwk.readForeign(one) instanceof ClientJwk.Read.Good(ClientJwk key)) {
                sound = names.add(key.keyId());
                keys.add(key);
            }
            if (!sound || keys.size() > maxKeys) {
                return Optional.empty();
            }
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(new ClientKeys(keys));
    }

    /// Whether a JWS may be under one of them, by the name that it gives.
    public boolean names(UnverifiedJws jws) {
        return keys.stream()
                .anyMatch(key -> jws.maybeKeyId().map(key.keyId()::equals).orElse(true));
    }

    /// Whether a key is one of them, whatever it is called.
    public boolean has(PublicKey key) {
        return keys.stream().anyMatch(one -> Arrays.equals(one.key().getEncoded(), key.getEncoded()));
    }

    /// The set as text, in one spelling.
    public String text() {
        StringBuilder out = new StringBuilder("{\"keys\":[");
        for (ClientJwk key : keys) {
            out.append(out.charAt(out.length() - 1) == '[' ? "{" : ",{");
            for (Map.Entry<String, Object> member : key.members().entrySet()) {
                JsonText.member(
                        out.charAt(out.length() - 1) == '{' ? out : out.append(','),
                        member.getKey(),
                        member.getValue().toString());
            }
            out.append('}');
        }
        return out.append("]}").toString();
    }

    /// The JWKs, in their order.
    public List<Map<String, Object>> members() {
        return keys.stream().map(ClientJwk::members).toList();
    }

    /// Their thumbprints (RFC 7638), in the same order.
    public List<String> thumbprints() {
        return keys.stream().map(ClientJwk::thumbprint).toList();
    }

    /// Tells the thumbprint of that of them which a JWS was signed under, with an algorithm of that key: the
    /// one that it names or, where it names none, the only one that it can mean (OpenID Connect Core section 10.1).
    public Function<UnverifiedJws, Optional<String>> checking(CryptoProviders crypto) {
        List<Verifying> all = keys.stream()
                .flatMap(key -> key.algorithms().stream()
                        .map(one -> new Verifying(key, one, JwsVerifier.of(one, key.key(), crypto))))
                .toList();
        return jws -> {
            List<Verifying> meant = all.stream()
                    .filter(one -> jws.names(one.algorithm())
                            && jws.maybeKeyId().map(one.key().keyId()::equals).orElse(true))
                    .toList();
            return meant.size() == 1 && jws.verify(meant.getFirst().verifier()).isPresent()
                    ? Optional.of(meant.getFirst().key().thumbprint())
                    : Optional.empty();
        };
    }

    /// Equal when their texts are.
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientKeys set && set.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
