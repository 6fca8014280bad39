package dev.gatehouse.server.connect;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// The cookies of browsers that are handed over: 192 random bits, when they end, and a check over both and over
/// where the browser was sent and where it goes on to. They say nothing themselves; who has one shows for what it
/// was drawn.
///
/// @param key of the checks
public record HandOverCookies(HmacSha256 key) {
    /// How long a browser may take.
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final int RANDOM = 24;
    private static final int END = Long.BYTES;
    private static final int CHECK = 32;

    /// What a cookie is for.
    ///
    /// @param platform where the browser was sent
    /// @param redirect the page that it goes on to
    record About(Id api, String platform, String redirect) {}

    /// Those of an installation.
    static HandOverCookies of(Pepper pepper) {
        return new HandOverCookies(HmacSha256.under(pepper.derive("gatehouse cookies of browsers handed over, 1")));
    }

    /// A fresh one.
    ///
    /// @param random a secure one
    Secret draw(About about, Instant now, RandomGenerator random) {
        byte[] drawn = new byte[RANDOM];
        random.nextBytes(drawn);
        byte[] begun = ByteBuffer.allocate(RANDOM + END)
                .put(drawn)
                .putLong(now.plus(LIFE).getEpochSecond())
                .array();
        byte[] whole = ByteBuffer.allocate(begun.length + CHECK)
                .put(begun)
                .put(check(about, begun))
                .array();
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /// Whether it was drawn for this, and has not ended.
    boolean drew(About about, Secret cookie, Instant now) {
        try {
            byte[] whole = Base64.getUrlDecoder().decode(cookie.reveal());
            byte[] begun = Arrays.copyOf(whole, RANDOM + END);
            return whole.length == RANDOM + END + CHECK
                    && MessageDigest.isEqual(check(about, begun), Arrays.copyOfRange(whole, RANDOM + END, whole.length))
                    && now.getEpochSecond()
                            < ByteBuffer.wrap(begun, RANDOM, END).getLong();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// What a used one is remembered by.
    Bytes name(Secret cookie) {
        return Bytes.of(key.mac(cookie.bytes()));
    }

    private byte[] check(About about, byte[] begun) {
        String text = about.api().text() + "\n" + about.platform() + "\n" + about.redirect() + "\n";
        byte[] named = text.getBytes(StandardCharsets.UTF_8);
        return key.mac(ByteBuffer.allocate(named.length + begun.length)
                .put(named)
                .put(begun)
                .array());
    }
}
