package dev.gatehouse.oauth.jose;

import dev.gatehouse.core.api.SigningAlgorithm;
import java.math.BigInteger;
import java.util.Arrays;

/// What the JCA calls a signature algorithm, and which signatures are worth looking at.
record Algorithm(String signature, String key) {
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final int COORDINATE = 32;

    static Algorithm of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> new Algorithm("SHA256withECDSAinP1363Format", "EC");
            case RS256 -> new Algorithm("SHA256withRSA", "RSA");
            case EDDSA -> new Algorithm("Ed25519", "Ed25519");
        };
    }

    /// Whether the signature has the one length that its algorithm gives (RFC 7518 section 3.4, RFC 8037 section
    /// 3.1) and, for ECDSA, both numbers lie in 1 .. n-1 whatever the provider thinks of them (CVE-2022-21449,
    /// GAUNTLET E09).
    static boolean plausible(SigningAlgorithm algorithm, byte[] signature, int rsaLength) {
        return switch (algorithm) {
            case ES256 ->
                signature.length == 2 * COORDINATE
                        && inRange(Arrays.copyOf(signature, COORDINATE))
                        && inRange(Arrays.copyOfRange(signature, COORDINATE, 2 * COORDINATE));
            case RS256 -> signature.length == rsaLength;
            case EDDSA -> signature.length == 2 * COORDINATE;
        };
    }

    private static boolean inRange(byte[] number) {
        BigInteger value = new BigInteger(1, number);
        return value.signum() > 0 && value.compareTo(P256_ORDER) < 0;
    }
}
