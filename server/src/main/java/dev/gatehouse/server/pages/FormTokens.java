package dev.gatehouse.server.pages;

import dev.gatehouse.core.secret.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/// Values that stand in forms and come back with them, so that a form counts only when this browser got it from
/// us a while ago, and for as long as the same person is signed in (GAUNTLET L06, login CSRF too). Any number of
/// forms may be open, and one may be sent again: what it asks for must not be done twice by itself.
///
/// @param key one of the installation, so that any node takes what another gave
record FormTokens(HmacSha256 key, InstantSource clock) {
    /// How long a form may lie about.
    static final Duration LIFE = Duration.ofHours(2);

    private static final int MAX_LENGTH = 100;

    /// @param form its name
    /// @param holder browser and login that it is for
    String make(String form, String holder) {
        return make(form, holder, clock.instant().getEpochSecond());
    }

    private String make(String form, String holder, long at) {
        byte[] mac = key.mac((form + "\n" + at + "\n" + holder).getBytes(StandardCharsets.UTF_8));
        return at + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    /// Whether this is the value of such a form, and not too old.
    boolean good(String form, String holder, String token) {
        return good(form, holder, token, LIFE);
    }

    /// The same of one that lives shorter.
    boolean good(String form, String holder, String token, Duration life) {
        int dot = token.indexOf('.');
        if (dot < 1
                || dot > 12
                || token.length() > MAX_LENGTH
                || !token.substring(0, dot).matches("[1-9][0-9]*")) {
            return false;
        }
        long at = Long.parseLong(token, 0, dot, 10);
        long now = clock.instant().getEpochSecond();
        return at <= now
                && now - at < life.toSeconds()
                && MessageDigest.isEqual(
                        make(form, holder, at).getBytes(StandardCharsets.US_ASCII),
                        token.getBytes(StandardCharsets.UTF_8));
    }
}
