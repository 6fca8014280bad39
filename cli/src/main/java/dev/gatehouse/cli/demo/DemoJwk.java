package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.server.SampleKey;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;

/// A key on P-256 as a JWK (RFC 7518 section 6.2), for the client of the demo that signs what proves it.
final class DemoJwk {
    private static final int COORDINATE = 32;

    private DemoJwk() {}

    /// Draws one, with its private part.
    static Json.Obj draw(String keyId) {
        KeyPair pair = SampleKey.draw().keys();
        if (pair.getPublic() instanceof ECPublicKey open && pair.getPrivate() instanceof ECPrivateKey own) {
            return Json.Obj.EMPTY
                    .with("kty", "EC")
                    .with("kid", keyId)
                    .with("alg", "ES256")
                    .with("crv", "P-256")
                    .with("x", text(open.getW().getAffineX()))
                    .with("y", text(open.getW().getAffineY()))
                    .with("d", text(own.getS()));
        }
        throw new DemoException("no EC key was drawn");
    }

    /// The set of its public part.
    static Json.Obj open(Json.Obj jwk) {
        return Json.Obj.EMPTY.with("keys", new Json.Arr(List.of(jwk.without("d"))));
    }

    /// A coordinate with the zeros in front that belong to it.
    private static String text(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(big.length, COORDINATE);
        System.arraycopy(big, big.length - length, fixed, COORDINATE - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
