package dev.gatehouse.server.connect;

import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// The secrets of links, of browsers on their way, and of codes: 192 random bits and a check, so that whatever
/// nobody drew here is told without asking the database.
public record ConnectSecrets(HmacSha256 key) {
    private static final int RANDOM = 24;
    private static final int CHECK = 8;

    /// Those of an installation.
    public static ConnectSecrets of(Pepper pepper) {
        return new ConnectSecrets(HmacSha256.under(pepper.derive("gatehouse checks of connect sessions, 1")));
    }

    /// A fresh one.
    ///
    /// @param random a secure one
    public Secret draw(RandomGenerator random) {
        byte[] drawn = new byte[RANDOM];
        random.nextBytes(drawn);
        byte[] whole =
                ByteBuffer.allocate(RANDOM + CHECK).put(drawn).put(check(drawn)).array();
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /// Whether it was drawn here, as far as its check says.
    public boolean drew(Secret secret) {
        try {
            byte[] whole = Base64.getUrlDecoder().decode(secret.reveal());
            return whole.length == RANDOM + CHECK
                    && MessageDigest.isEqual(
                            check(Arrays.copyOf(whole, RANDOM)), Arrays.copyOfRange(whole, RANDOM, whole.length));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private byte[] check(byte[] drawn) {
        return Arrays.copyOf(key.mac(drawn), CHECK);
    }
}
