package dev.gatehouse.oauth.jose;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Set;

/// Which public keys are refused before they are ever used (RFC 8725 section 3.4, GAUNTLET E09).
final class WeakKeys {
    private static final int RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096; // larger ones cost more to check than anybody is worth
    private static final Set<Integer> FIELDS = Set.of(256, 384, 521);
    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65537);
    private static final BigInteger ED25519_PRIME =
            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    /// Of the equation of the curve (RFC 8032 section 5.1).
    private static final BigInteger ED25519_D =
            new BigInteger("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3", 16);

    /// The y coordinates of the points of order 1, 2, 4 and 8 (RFC 8032 section 5.1), whatever the sign of x.
    private static final BigInteger ORDER_8 =
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

    private WeakKeys() {}

    static boolean weak(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> offCurve(ec);
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() < RSA_BITS
                        || rsa.getModulus().bitLength() > MOST_RSA_BITS
                        || !rsa.getModulus().testBit(0)
                        || !rsa.getPublicExponent().equals(RSA_EXPONENT);
            case EdECPublicKey ed -> noPoint(Ed25519Point.encoded(ed));
            default -> true;
        };
    }

    private static boolean offCurve(ECPublicKey key) {
        ECPoint point = key.getW();
        if (point.equals(ECPoint.POINT_INFINITY)
                || !(key.getParams().getCurve().getField() instanceof ECFieldFp field)) {
            return true;
        }
        BigInteger p = field.getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(3)
                .add(key.getParams().getCurve().getA().multiply(x))
                .add(key.getParams().getCurve().getB())
                .mod(p);
        return !FIELDS.contains(p.bitLength())
                || x.signum() < 0
                || x.compareTo(p) >= 0
                || y.signum() < 0
                || y.compareTo(p) >= 0
                || !y.multiply(y).mod(p).equals(right);
    }

    private static boolean noPoint(byte[] point) {
        byte[] big = new byte[point.length];
        for (int i = 0; i < point.length; i++) {
            big[i] = point[point.length - 1 - i];
        }
        big[0] &= 0x7f;
        BigInteger y = new BigInteger(1, big);
        if (y.compareTo(ED25519_PRIME) >= 0) {
            return true;
        }
        return offCurve(y) || smallOrder(y);
    }

    /// RFC 8032 section 5.1.3: whether there is no x for this y, by Euler's criterion.
    private static boolean offCurve(BigInteger y) {
        BigInteger squared = y.multiply(y);
        BigInteger u = squared.subtract(BigInteger.ONE);
        BigInteger v = squared.multiply(ED25519_D).add(BigInteger.ONE);
        BigInteger half = ED25519_PRIME.shiftRight(1);
        return u.multiply(v).modPow(half, ED25519_PRIME).bitLength() > 1;
    }

    private static boolean smallOrder(BigInteger y) {
        return Arrays.asList(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        ED25519_PRIME.subtract(BigInteger.ONE),
                        ORDER_8,
                        ED25519_PRIME.subtract(ORDER_8))
                .contains(y);
    }
}
