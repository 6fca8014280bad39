package dev.gatehouse.server;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An app that shows codes (RFC 6238), with the secret of one account. What it does is written anew here, so that
/// no mistake of the server is repeated.
final class AuthenticatorApp {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Pattern URI = Pattern.compile("otpauth://totp/[^\"]*[?]secret=([A-Z2-7]{32})&");

    private final byte[] secret;
    private final InstantSource clock;

    private AuthenticatorApp(byte[] secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /// With the secret that a page shows.
    static AuthenticatorApp scanning(String page, InstantSource clock) {
        Matcher uri = URI.matcher(page.replace("&amp;", "&"));
        if (!uri.find()) {
            throw new AssertionError("no secret: " + page);
        }
        return new AuthenticatorApp(bytes(uri.group(1)), clock);
    }

    private static byte[] bytes(String text) {
        ByteBuffer out = ByteBuffer.allocate(text.length() * 5 / 8);
        long bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits = bits << 5 | ALPHABET.indexOf(text.charAt(i));
            if (i % 8 == 7) {
                for (int shift = 32; shift >= 0; shift -= 8) {
                    out.put((byte) (bits >> shift));
                }
                bits = 0;
            }
        }
        return out.array();
    }

    /// What it shares with the server.
    byte[] secret() {
        return secret.clone();
    }

    String code() {
        return code(0);
    }

    /// The code so many steps from now.
    String code(int steps) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            long step = clock.instant().getEpochSecond() / 30 + steps;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int at = hash[19] & 15;
            int number = (ByteBuffer.wrap(hash).getInt(at) & 0x7fffffff) % 1_000_000;
            return String.format(Locale.ROOT, "%06d", number);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// One that it does not show now, nor around now.
    String wrong() {
        String wrong = "000000";
        while (wrong.equals(code(-1)) || wrong.equals(code()) || wrong.equals(code(1))) {
            wrong = String.format(Locale.ROOT, "%06d", Integer.parseInt(wrong) + 1);
        }
        return wrong;
    }
}
