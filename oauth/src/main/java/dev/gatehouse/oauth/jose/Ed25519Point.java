package dev.gatehouse.oauth.jose;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The 32 bytes of an Ed25519 public key (RFC 8032) in and out of the form that the JCA takes (RFC 8410).
final class Ed25519Point {
    static final int LENGTH = 32;

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Point() {}

    static byte[] encoded(PublicKey key) {
        byte[] x509 = key.getEncoded();
        return Arrays.copyOfRange(x509, x509.length - LENGTH, x509.length);
    }

    static Optional<PublicKey> key(byte[] point) {
        if (point.length != LENGTH) {
            return Optional.empty();
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + LENGTH);
        System.arraycopy(point, 0, x509, X509_PREFIX.length, LENGTH);
        try {
            return Optional.of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
