package dev.gatehouse.core.session;

import dev.gatehouse.core.secret.Secret;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The form of the strings that sessions are known by. All of them are random and say nothing.
public enum SessionText {
    /// `ghl_` and 64 hexadecimal digits, 256 random bits; scanners find leaked ones by their beginning.
    MARKED,
    /// A UUID of version 4 (RFC 9562), 122 random bits, where an API's users know sessions in this form.
    UUID;

    private static final int BYTES = 32;

    Secret draw(RandomGenerator random) {
        return switch (this) {
            case MARKED -> {
                byte[] bytes = new byte[BYTES];
                random.nextBytes(bytes);
                yield Secret.of("ghl_" + HexFormat.of().formatHex(bytes));
            }
            case UUID -> {
                long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
                long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
                yield Secret.of(new java.util.UUID(high, low).toString());
            }
        };
    }
}
