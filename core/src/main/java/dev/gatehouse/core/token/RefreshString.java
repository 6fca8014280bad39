package dev.gatehouse.core.token;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The refresh token of a credential that has one live token at a time: `ghr_`, then in base 64 what it names and
/// 112 bits of a MAC over that and the Api. At most 60 characters. It names the generations that the access token
/// beside it was issued in, so whatever ends that one ends this; nothing is stored of it. Whether the credential
/// still has the generation that is named is its row to say, in the write that gives it the next one.
///
/// @param generations of the credential and of everything above it
/// @param endsAt in whole seconds
public record RefreshString(Id credential, Generations generations, Instant endsAt) {
    /// By which scanners find leaked tokens.
    public static final String PREFIX = "ghr_";

    private static final int MAC = 14;
    private static final int LONGEST = 64;
    private static final int MOST_BYTES = 48;

    /// Its text, under the current pepper.
    public Secret text(Id api, Pepper pepper) {
        byte[] named = named();
        byte[] mac = pepper.derive(label(api, named));
        byte[] whole = ByteBuffer.allocate(named.length + MAC)
                .put(named)
                .put(mac, 0, MAC)
                .array();
        return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(whole));
    }

    /// Reads one that was written for this Api, under whichever pepper of the list. Nothing is looked up.
    public static Optional<RefreshString> read(Secret text, Id api, Pepper pepper) {
        Optional<byte[]> whole = decoded(text.reveal());
        if (whole.isEmpty() || whole.get().length <= MAC) {
            return Optional.empty();
        }
        byte[] named = Arrays.copyOf(whole.get(), whole.get().length - MAC);
        byte[] mac = Arrays.copyOfRange(whole.get(), named.length, whole.get().length);
        boolean genuine = pepper.derivations(label(api, named)).stream()
                .anyMatch(one -> MessageDigest.isEqual(Arrays.copyOf(one, MAC), mac));
        return genuine ? Optional.of(of(ByteBuffer.wrap(named))) : Optional.empty();
    }

    /// Of several spellings of the same bytes one is right.
    private static Optional<byte[]> decoded(String text) {
        if (!text.startsWith(PREFIX) || text.length() > LONGEST) {
            return Optional.empty();
        }
        String digits = text.substring(PREFIX.length());
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(digits);
            return Optional.of(bytes)
                    .filter(_ -> Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String label(Id api, byte[] named) {
        return "refresh string of a credential " + api + ' '
                + Base64.getUrlEncoder().withoutPadding().encodeToString(named);
    }

    private byte[] named() {
        ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES).putLong(credential.value());
        put(bytes, endsAt.getEpochSecond());
        put(bytes, generations.credential());
        put(bytes, generations.member());
        put(bytes, generations.organizations());
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static RefreshString of(ByteBuffer bytes) {
        try {
            Id credential = new Id(Kind.CREDENTIAL, bytes.getLong());
            Instant endsAt = Instant.ofEpochSecond(take(bytes));
            return new RefreshString(credential, new Generations(take(bytes), take(bytes), 0, take(bytes)), endsAt);
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("a refresh token with a MAC of ours and another form", e);
        }
    }

    /// Seven bits a byte, the lowest first; the eighth says that there are more.
    private static void put(ByteBuffer bytes, long number) {
        long rest = number;
        while (rest > 0x7f) {
            bytes.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long take(ByteBuffer bytes) {
        long number = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            number |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return number;
    }
}
