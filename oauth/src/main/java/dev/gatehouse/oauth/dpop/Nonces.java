package dev.gatehouse.oauth.dpop;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/// Nonces that proofs have to carry where an Api says so (RFC 9449 sections 8 and 9): a MAC over a stretch of time,
/// the same on all nodes, that nobody can know before it begins. One counts in its stretch and in the next.
final class Nonces {
    /// Who asks for it: what one accepts is nothing to the other (GAUNTLET F04).
    enum Place {
        ISSUER,
        RESOURCE
    }

    private static final int STRETCH_SECONDS = 120;

    private final Pepper pepper;

    Nonces(Pepper pepper) {
        this.pepper = pepper;
    }

    /// The one to use now.
    String current(Api api, Place place, Instant now) {
        return Base64Url.encode(pepper.derive(label(api, place, stretch(now))));
    }

    boolean good(String nonce, Api api, Place place, Instant now) {
        return is(nonce, label(api, place, stretch(now))) || is(nonce, label(api, place, stretch(now) - 1));
    }

    private boolean is(String nonce, String label) {
        byte[] shown = nonce.getBytes(StandardCharsets.UTF_8);
        return pepper.derivations(label).stream()
                .anyMatch(mac ->
                        MessageDigest.isEqual(shown, Base64Url.encode(mac).getBytes(StandardCharsets.UTF_8)));
    }

    private static long stretch(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STRETCH_SECONDS);
    }

    private static String label(Api api, Place place, long stretch) {
        return "nonce for proofs of keys " + place + ' ' + api.id() + ' ' + stretch;
    }
}
