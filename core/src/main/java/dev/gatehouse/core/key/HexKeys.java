package dev.gatehouse.core.key;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.Secret;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// API keys as some providers' customers know them: 32 hexadecimal digits, `-`, a UUID of version 4. The digits
/// are the credential's id and 64 random bits; of the UUID 96 bits are random and the last 26 are the check. No
/// version of the check key has room, so all are tried.
final class HexKeys {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{16})[0-9a-f]{16}-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");
    private static final int CHECK = 26;
    private static final long CHECK_BITS = (1L << CHECK) - 1;
    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_BITS = 0xf000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;

    private HexKeys() {}

    static KeyString draw(Id credential, CheckKeys keys, RandomGenerator random) {
        long first = random.nextLong();
        long high = (random.nextLong() & ~VERSION_BITS) | VERSION_4;
        long rest = (random.nextLong() & ~VARIANT_BITS & ~CHECK_BITS) | VARIANT;
        long check = keys.check(checked(credential.value(), first, high, rest), CHECK);
        String text = hex(credential.value()) + hex(first) + '-' + new UUID(high, rest | check);
        return new KeyString(CredentialKind.API_KEY, "live", credential, Secret.of(text));
    }

    static boolean formed(String text) {
        return FORM.matcher(text).matches();
    }

    static Optional<KeyString> parse(Secret presented, CheckKeys keys) {
        String text = presented.reveal();
        if (!formed(text)) {
            return Optional.empty();
        }
        long id = HexFormat.fromHexDigitsToLong(text, 0, 16);
        long first = HexFormat.fromHexDigitsToLong(text, 16, 32);
        UUID uuid = UUID.fromString(text.substring(33));
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        boolean right = (high & VERSION_BITS) == VERSION_4
                && (low & VARIANT_BITS) == VARIANT
                && keys.matches(checked(id, first, high, low & ~CHECK_BITS), CHECK, low & CHECK_BITS);
        return right
                ? Optional.of(new KeyString(CredentialKind.API_KEY, "live", new Id(Kind.CREDENTIAL, id), presented))
                : Optional.empty();
    }

    private static byte[] checked(long id, long first, long high, long rest) {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(id)
                .putLong(first)
                .putLong(high)
                .putLong(rest)
                .array();
    }

    private static String hex(long value) {
        return HexFormat.of().toHexDigits(value);
    }
}
