package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import dev.gatehouse.core.audit.SealKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// What `gatehouse audit keys` printed: the public keys of seals, a JWK set.
final class AuditKeyFile {
    private AuditKeyFile() {}

    static SealKeys read(Path path) {
        try {
            Map<String, PublicKey> byId = new HashMap<>();
            if (Json.parse(Files.readString(path)) instanceof Json.Obj set) {
                for (Json key : set.items("keys")) {
                    Json.Obj jwk = (Json.Obj) key;
                    byId.put(jwk.text("kid").orElse(""), key(jwk));
                }
            }
            if (byId.isEmpty()) {
                throw Complaint.usage(path + " holds no keys; `gatehouse audit keys` prints them");
            }
            return new SealKeys(byId);
        } catch (IOException | JsonException | ClassCastException | IllegalArgumentException e) {
            throw Complaint.usage("cannot read the keys in " + path + "; `gatehouse audit keys` prints them");
        }
    }

    /// A P-256 key (RFC 7518 section 6.2.1).
    private static PublicKey key(Json.Obj jwk) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECPoint point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
            return KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a P-256 key", e);
        }
    }

    private static BigInteger coordinate(Json.Obj jwk, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(name).orElse("")));
    }
}
