package dev.gatehouse.core.secret;

/// The algorithms that an Api's JWTs may be signed with (RFC 7518, RFC 8037).
public enum SigningAlgorithm {
    /// ECDSA on P-256 with SHA-256; the default.
    ES256("ES256"),
    /// RSASSA-PKCS1-v1_5 with SHA-256, 2048-bit keys.
    RS256("RS256"),
    /// RSASSA-PSS with SHA-256, 2048-bit keys.
    PS256("PS256"),
    /// Ed25519.
    EDDSA("EdDSA");

    private final String wire;

    SigningAlgorithm(String wire) {
        this.wire = wire;
    }

    /// The registered `alg` value.
    public String wire() {
        return wire;
    }
}
