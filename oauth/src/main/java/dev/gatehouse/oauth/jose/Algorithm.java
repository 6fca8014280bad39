package dev.gatehouse.oauth.jose;

import com.nimbusds.jose.jwk.Curve;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The signature algorithms that are known here (RFC 7518, RFC 8037): what the JCA calls them, and which
/// signatures are worth looking at.
enum Algorithm {
    ES256("ES256", "SHA256withECDSAinP1363Format", "EC", Optional.of(Curve.P_256)),
    ES384("ES384", "SHA384withECDSAinP1363Format", "EC", Optional.of(Curve.P_384)),
    ES512("ES512", "SHA512withECDSAinP1363Format", "EC", Optional.of(Curve.P_521)),
    RS256("RS256", "SHA256withRSA", "RSA", Optional.empty()),
    PS256("PS256", "RSASSA-PSS", "RSA", Optional.empty()),
    EDDSA("EdDSA", "Ed25519", "Ed25519", Optional.empty());

    /// The same as [#EDDSA] on this curve, by its fully specified name (RFC 9864 section 2.2).
    private static final String ED25519 = "Ed25519";

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);
    private static final int ED25519_LENGTH = 64;

    private final String wire;
    private final String signature;
    private final String key;
    private final int coordinate;
    private final BigInteger order;

    Algorithm(String wire, String signature, String key, Optional<Curve> curve) {
        this.wire = wire;
        this.signature = signature;
        this.key = key;
        this.order = curve.map(one -> one.toECParameterSpec().getOrder()).orElse(BigInteger.ZERO);
        this.coordinate = (order.bitLength() + 7) / 8;
    }

    static Algorithm of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ES256;
            case RS256 -> RS256;
            case PS256 -> PS256;
            case EDDSA -> EDDSA;
        };
    }

    /// Those that a key may sign with; none where it is of another kind.
    static List<Algorithm> under(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                Stream.of(ES256, ES384, ES512)
                        .filter(one -> one.order.equals(ec.getParams().getOrder()))
                        .toList();
            case RSAPublicKey _ -> List.of(PS256, RS256);
            case EdECPublicKey _ -> List.of(EDDSA);
            default -> List.of();
        };
    }

    /// The registered `alg` value.
    String wire() {
        return wire;
    }

    /// Whether the header of a JWS may name it so.
    boolean named(String alg) {
        return wire.equals(alg) || (this == EDDSA && alg.equals(ED25519));
    }

    /// What the JCA calls its keys.
    String key() {
        return key;
    }

    /// What makes and checks its signatures, not yet under a key.
    Signature signature(CryptoProviders crypto) throws GeneralSecurityException {
        Signature made = crypto.signature(signature);
        if (this == PS256) {
            made.setParameter(PSS);
        }
        return made;
    }

    /// Whether the signature has the one length that its algorithm gives (RFC 7518 section 3.4, RFC 8037 section
    /// 3.1) and, for ECDSA, both numbers lie in 1 .. n-1 whatever the provider thinks of them (CVE-2022-21449,
    /// GAUNTLET E09).
    boolean plausible(byte[] signed, int rsaLength) {
        return switch (this) {
            case ES256, ES384, ES512 ->
                signed.length == 2 * coordinate
                        && inRange(Arrays.copyOf(signed, coordinate))
                        && inRange(Arrays.copyOfRange(signed, coordinate, 2 * coordinate));
            case RS256, PS256 -> signed.length == rsaLength;
            case EDDSA -> signed.length == ED25519_LENGTH;
        };
    }

    private boolean inRange(byte[] number) {
        BigInteger value = new BigInteger(1, number);
        return value.signum() > 0 && value.compareTo(order) < 0;
    }
}
