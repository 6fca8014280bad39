package dev.gatehouse.core.key;

import java.math.BigInteger;

/// Fixed-width base 62 over `0-9A-Za-z`, so that key strings survive double-clicks, shells and URLs.
final class Base62 {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);

    private Base62() {}

    /// The unsigned number in `bytes` as exactly `width` digits.
    static String encode(byte[] bytes, int width) {
        BigInteger rest = new BigInteger(1, bytes);
        char[] out = new char[width];
        for (int i = width - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            out[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        if (rest.signum() != 0) {
            throw new IllegalArgumentException("does not fit in " + width + " digits");
        }
        return new String(out);
    }

    /// An unsigned 64-bit number as 11 digits.
    static String encode(long value) {
        return encode(value, 11);
    }

    /// The last `width` digits of an unsigned 64-bit number.
    static String encode(long value, int width) {
        char[] out = new char[width];
        long rest = value;
        for (int i = width - 1; i >= 0; i--) {
            out[i] = DIGITS.charAt((int) Long.remainderUnsigned(rest, 62));
            rest = Long.divideUnsigned(rest, 62);
        }
        return new String(out);
    }

    /// The reverse of [#encode(long)] for 11 characters; callers have checked the characters, and that
    /// the check is of this spelling.
    static long decode(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 62 + DIGITS.indexOf(digits.charAt(i));
        }
        return value;
    }

    static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
