package dev.gatehouse.oauth.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.gatehouse.oauth.json.Json;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A public key of a client: a JWK (RFC 7517) that was read strictly and is written anew from the key itself, so
/// that one key has one spelling.
///
/// @param algorithms what it may sign with; one alone where it says so itself
/// @param members of the JWK, public parts only
/// @param thumbprint RFC 7638, SHA-256
record ClientJwk(
        String keyId, List<Algorithm> algorithms, PublicKey key, Map<String, Object> members, String thumbprint) {
    /// What reading gave.
    sealed interface Read {
        /// A key.
        record Good(ClientJwk jwk) implements Read {}

        /// None, and why.
        record Wrong(String why) implements Read {}
    }

    private static final List<String> MATERIAL = List.of("kty", "crv", "x", "y", "n", "e");
    private static final Set<String> SECRET = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final int MAX_KEY_ID = 255;

    /// The checks in order; the first that fails answers. What it says besides, certificates above all, is left
    /// out and never looked at.
    static Read read(Json.Members jwk) {
        if (jwk.byName().keySet().stream().anyMatch(SECRET::contains)) {
            return new Read.Wrong("has private parts: send public ones only, and replace the key wherever it is used");
        }
        Optional<String> keyId = jwk.text("kid").filter(ClientJwk::possible);
        return keyId.isEmpty()
                ? new Read.Wrong("needs a kid of 1 to " + MAX_KEY_ID + " visible ASCII characters")
                : named(jwk, keyId);
    }

    /// The same of a client that writes its keys itself: one without a name (RFC 7517 section 4.5 lets it) is
    /// called by its thumbprint.
    static Read readForeign(Json.Members jwk) {
        boolean secret = jwk.byName().keySet().stream().anyMatch(SECRET::contains);
        return secret || jwk.byName().containsKey("kid") ? read(jwk) : named(jwk, Optional.empty());
    }

    private static Read named(Json.Members jwk, Optional<String> keyId) {
        if (!verifies(jwk)) {
            return new Read.Wrong(
                    "is not for signatures: use is sig, and key_ops contain verify, where they are given");
        }
        Optional<PublicKey> key = sound(jwk);
        if (key.isEmpty()) {
            return new Read.Wrong("must be an RSA key of 2048 to 4096 bits with the exponent 65537, an EC key on P-256,"
                    + " P-384 or P-521, or an OKP key on Ed25519");
        }
        List<Algorithm> possible = Algorithm.under(key.get());
        Optional<String> alg = jwk.text("alg");
        List<Algorithm> algorithms = possible.stream()
                .filter(one -> alg.map(one::named).orElse(true))
                .toList();
        if (algorithms.isEmpty() || jwk.byName().containsKey("alg") != alg.isPresent()) {
            return new Read.Wrong("may say no alg but "
                    + String.join(" or ", possible.stream().map(Algorithm::wire).toList()));
        }
        String name = keyId.orElseGet(
                () -> described("", algorithms, false, key.get()).thumbprint());
        return new Read.Good(described(name, algorithms, alg.isPresent(), key.get()));
    }

    /// A key that a JWS brings itself: nothing but the key counts, which has no name, and no private part.
    static Optional<ClientJwk> brought(Json.Members jwk) {
        boolean secret = jwk.byName().keySet().stream().anyMatch(SECRET::contains);
        return secret ? Optional.empty() : sound(jwk).map(key -> described("", Algorithm.under(key), false, key));
    }

    private static Optional<PublicKey> sound(Json.Members jwk) {
        return material(jwk)
                .flatMap(ClientJwk::key)
                .filter(one -> !WeakKeys.weak(one) && !Algorithm.under(one).isEmpty());
    }

    private static boolean possible(String keyId) {
        return !keyId.isEmpty() && keyId.length() <= MAX_KEY_ID && keyId.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static boolean verifies(Json.Members jwk) {
        boolean use = !jwk.byName().containsKey("use") || jwk.text("use").equals(Optional.of("sig"));
        boolean operations = !jwk.byName().containsKey("key_ops")
                || (jwk.byName().get("key_ops") instanceof Json.Items(List<Json> values)
                        && values.contains(new Json.Text("verify")));
        return use && operations;
    }

    private static Optional<JWK> material(Json.Members jwk) {
        Map<String, Object> members = new TreeMap<>();
        MATERIAL.forEach(name -> jwk.text(name).ifPresent(value -> members.put(name, value)));
        try {
            return Optional.of(JWK.parse(members));
        } catch (ParseException | IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> key(JWK jwk) {
        try {
            return switch (jwk) {
                case ECKey ec -> Optional.of(ec.toECPublicKey());
                case RSAKey rsa -> Optional.of(rsa.toRSAPublicKey());
                case OctetKeyPair okp
                when okp.getCurve().equals(Curve.Ed25519) ->
                    Ed25519Point.key(okp.getX().decode());
                default -> Optional.empty();
            };
        } catch (JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ClientJwk described(String keyId, List<Algorithm> algorithms, boolean pinned, PublicKey key) {
        JWK jwk = switch (key) {
            case ECPublicKey ec -> new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build();
            default -> new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(Ed25519Point.encoded(key))).build();
        };
        Map<String, Object> members = new TreeMap<>(jwk.toJSONObject());
        members.put("kid", keyId);
        members.put("use", "sig");
        if (pinned) {
            members.put("alg", algorithms.getFirst().wire());
        }
        try {
            return new ClientJwk(
                    keyId, algorithms, key, members, jwk.computeThumbprint().toString());
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
