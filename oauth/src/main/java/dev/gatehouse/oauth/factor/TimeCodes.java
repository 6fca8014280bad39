package dev.gatehouse.oauth.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes of authenticator apps (RFC 6238), as all of them make them: HMAC-SHA-1, six digits, thirty seconds. SHA-1
/// is a keyed function here, of which no weakness is known (RFC 6238 section 1.2 leaves no app a choice).
final class TimeCodes {
    static final int DIGITS = 6;
    static final int PERIOD_SECONDS = 30;

    /// What a secret has: as many as the hash (RFC 4226 section 4, R6).
    static final int SECRET_BYTES = 20;

    private static final String ALGORITHM = "HmacSHA1";
    private static final int MODULUS = 1_000_000;

    /// How many time steps a clock may be off (RFC 6238 section 5.2 recommends one).
    private static final int OFF = 1;

    private TimeCodes() {}

    /// The time step of a moment.
    static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), PERIOD_SECONDS);
    }

    /// The code of a time step (RFC 4226 section 5.3).
    static String code(byte[] secret, long step) {
        byte[] mac = mac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int truncated = ByteBuffer.wrap(mac).getInt(mac[mac.length - 1] & 0xf) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated % MODULUS);
    }

    private static byte[] mac(byte[] secret, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(text);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// The step that a code is of, of those around now that come after the last one that was used. All are looked
    /// at, however soon one fits.
    static OptionalLong matching(byte[] secret, String code, long lastStep, Instant now) {
        byte[] shown = code.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = step(now) - OFF; step <= step(now) + OFF; step++) {
            byte[] right = code(secret, step).getBytes(StandardCharsets.US_ASCII);
            boolean same = MessageDigest.isEqual(right, shown);
            if (same && step > lastStep && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }
}
