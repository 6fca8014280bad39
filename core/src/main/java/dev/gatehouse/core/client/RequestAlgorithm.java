package dev.gatehouse.core.client;

import java.util.Optional;

/// An algorithm that request objects may be signed with (RFC 9101 section 4).
public enum RequestAlgorithm {
    /// RSASSA-PSS with SHA-256.
    PS256("PS256"),
    /// ECDSA on P-256 with SHA-256.
    ES256("ES256"),
    /// Ed25519.
    EDDSA("EdDSA"),
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RS256("RS256");

    /// The same as [#EDDSA] on the one curve that is taken, by its fully specified name (RFC 9864 section 2.2).
    private static final String ED25519 = "Ed25519";

    private final String wire;

    RequestAlgorithm(String wire) {
        this.wire = wire;
    }

    /// The registered `alg` value.
    public String wire() {
        return wire;
    }

    /// The algorithm of a header or a registration.
    public static Optional<RequestAlgorithm> of(String alg) {
        for (RequestAlgorithm algorithm : values()) {
            if (algorithm.wire.equals(alg) || (algorithm == EDDSA && alg.equals(ED25519))) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
