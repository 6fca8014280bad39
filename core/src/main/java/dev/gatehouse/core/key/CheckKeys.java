package dev.gatehouse.core.key;

import dev.gatehouse.core.secret.HmacSha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys of the check at the end of a key string. They are not the pepper and never retire: losing one costs
/// only the filter that turns away forged and mistyped keys without any I/O. The version character in the string
/// says which key made its check.
public final class CheckKeys {
    /// How many characters the check has: 7 digits of base 62, 40 bits.
    static final int WIDTH = 7;

    private static final int BITS = 40;

    private final char current;
    private final Map<Character, HmacSha256> byVersion = new LinkedHashMap<>();

    private CheckKeys(char current) {
        this.current = current;
    }

    /// One key of the list: its version character (a letter or digit) and at least 32 bytes.
    public record Entry(char version, HmacSha256 key) {
        /// A key from its raw bytes.
        public static Entry of(char version, byte[] raw) {
            if (raw.length < 32 || !Base62.isDigit(version)) {
                throw new IllegalArgumentException(
                        "a check key has a letter or digit as version and at least 32 bytes");
            }
            return new Entry(version, HmacSha256.under(raw));
        }

        @Override
        public String toString() {
            return "[check key " + version + "]";
        }
    }

    /// A list whose first entry is the current one.
    public static CheckKeys of(List<Entry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("the list of check keys is empty");
        }
        if (entries.stream().map(Entry::version).distinct().count() < entries.size()) {
            throw new IllegalArgumentException("two check keys have one version");
        }
        CheckKeys keys = new CheckKeys(entries.getFirst().version());
        entries.forEach(entry -> keys.byVersion.put(entry.version(), entry.key()));
        return keys;
    }

    /// The version character for new key strings.
    char current() {
        return current;
    }

    /// The check of everything before it, under the key of this version.
    String check(char version, String before) {
        HmacSha256 key = byVersion.get(version);
        if (key == null) {
            throw new IllegalArgumentException("no check key of this version");
        }
        byte[] full = key.mac(before.getBytes(StandardCharsets.US_ASCII));
        return Base62.encode(ByteBuffer.wrap(full).getLong() >>> (Long.SIZE - BITS), WIDTH);
    }

    /// A check with fewer bits under the current key, for keys of another form.
    long check(byte[] before, int bits) {
        return check(current, before, bits);
    }

    private long check(char version, byte[] before, int bits) {
        HmacSha256 key = byVersion.get(version);
        if (key == null) {
            throw new IllegalArgumentException("no check key of this version");
        }
        return ByteBuffer.wrap(key.mac(before)).getLong() >>> (Long.SIZE - bits);
    }

    /// Whether such a check is right under any key of the list.
    boolean matches(byte[] before, int bits, long check) {
        return byVersion.keySet().stream().anyMatch(version -> check(version, before, bits) == check);
    }

    /// Whether a check is right; false for a version that is not in the list.
    boolean matches(char version, String before, String check) {
        return byVersion.containsKey(version)
                && MessageDigest.isEqual(
                        check(version, before).getBytes(StandardCharsets.US_ASCII),
                        check.getBytes(StandardCharsets.US_ASCII));
    }
}
