package dev.gatehouse.oauth;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.custody.Place;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.jose.PublicJwk;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/// Signs whatever a test wants with an Api's real private key, so that only what is signed can be the reason of a
/// refusal.
public final class Forger {
    private final World world;
    private final Api api;
    public final PublicJwk jwk;

    public Forger(World world, Api api) {
        this.world = world;
        this.api = api;
        world.keys.ensure(api);
        this.jwk = world.keys.ring().published(api.id(), world.now).getFirst();
    }

    public String header() {
        return "{\"alg\":\"" + jwk.algorithm().wire() + "\",\"typ\":\"at+jwt\",\"kid\":\"" + jwk.keyId() + "\"}";
    }

    public String payload() {
        return new String(Base64Url.decode(world.text(api).split("\\.", -1)[1]).orElseThrow(), StandardCharsets.UTF_8);
    }

    public String token(String header, String payload) {
        return token(header, payload.getBytes(StandardCharsets.UTF_8));
    }

    public String token(String header, byte[] payload) {
        String input = encode(header) + "." + Base64Url.encode(payload);
        return input + "." + Base64Url.encode(sign(input));
    }

    public static String encode(String text) {
        return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] sign(String input) {
        String algorithm = jcaKey(jwk.algorithm());
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8()));
            Signature signature = Signature.getInstance(
                    switch (jwk.algorithm()) {
                        case ES256 -> "SHA256withECDSAinP1363Format";
                        case RS256 -> "SHA256withRSA";
                        case PS256 -> "RSASSA-PSS";
                        case EDDSA -> "Ed25519";
                    });
            if (jwk.algorithm() == SigningAlgorithm.PS256) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String jcaKey(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> "EC";
            case RS256, PS256 -> "RSA";
            case EDDSA -> "Ed25519";
        };
    }

    private byte[] pkcs8() {
        StoredKey row = world.store.keys().sound().stream()
                .filter(key -> key.id().text().equals(jwk.keyId()))
                .findFirst()
                .orElseThrow();
        // Every column of the row in the order that custody binds them in.
        Place place = new Place(
                row.api().map(Id::text).orElse(Place.INSTALLATION),
                "key",
                row.id().text(),
                String.join(
                        " ",
                        row.use().name(),
                        row.algorithm(),
                        row.state().name(),
                        row.createdAt().toString(),
                        row.activatedAt().map(Object::toString).orElse("-"),
                        row.retiredAt().map(Object::toString).orElse("-"),
                        row.publicPart()),
                row.version());
        return Optional.of(row.encrypted())
                .flatMap(encrypted -> world.custody.decrypt(encrypted, place))
                .orElseThrow();
    }
}
