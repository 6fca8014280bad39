package dev.gatehouse.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pepper list: keys that live outside the database and under which random secrets are hashed. The first is
/// current, the others are retired and only verify. A password is stretched
/// before ([Stretcher]).
public final class Pepper {
    /// One key of the list.
    public record Entry(int id, HmacSha256 key) {
        /// A key from its raw bytes, at least 32 of them.
        public static Entry of(int id, byte[] raw) {
            if (raw.length < 32) {
                throw new IllegalArgumentException("a pepper needs at least 32 bytes");
            }
            return new Entry(id, HmacSha256.under(raw));
        }

        @Override
        public String toString() {
            return "[pepper " + id + "]";
        }
    }

    private final Entry current;
    private final Map<Integer, Entry> byId = new LinkedHashMap<>();

    private Pepper(List<Entry> entries) {
        this.current = entries.getFirst();
        entries.forEach(entry -> byId.put(entry.id(), entry));
    }

    /// A list whose first entry is the current one.
    public static Pepper of(List<Entry> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("the pepper list is empty");
        }
        if (entries.stream().map(Entry::id).distinct().count() < entries.size()) {
            throw new IllegalArgumentException("two peppers have one id");
        }
        return new Pepper(entries);
    }

    /// The digest to store for a new secret.
    public Digest digest(Secret secret) {
        return digest(SecretHash.of(secret));
    }

    /// The digest to store for a secret of which only the hash is known.
    public Digest digest(SecretHash hash) {
        return digest(current, hash);
    }

    /// A key for another use than digests, under the current pepper. Digests are made from 32 bytes, and a label
    /// is longer, so no secret that anybody gives has this for a digest.
    ///
    /// @param label more than 32 characters, beginning with what it is for
    public byte[] derive(String label) {
        return current.key().mac(text(label));
    }

    private static byte[] text(String label) {
        byte[] text = label.getBytes(StandardCharsets.UTF_8);
        if (text.length <= SecretHash.BYTES) {
            throw new IllegalArgumentException("a label is longer than a hash");
        }
        return text;
    }

    /// The keys of [#derive] under every pepper of the list, that of the current one first.
    public List<byte[]> derivations(String label) {
        byte[] text = text(label);
        return byId.values().stream().map(entry -> entry.key().mac(text)).toList();
    }

    /// The digests that a secret may be stored under, that of the current pepper first: for secrets that name
    /// nothing and are found by their digest.
    public List<Digest> digests(Secret secret) {
        SecretHash hash = SecretHash.of(secret);
        return byId.values().stream().map(entry -> digest(entry, hash)).toList();
    }

    /// Whether the secret is the one behind a stored digest. A digest under a pepper that is not in the list
    /// matches nothing.
    public boolean matches(Digest stored, Secret secret) {
        return matches(stored, SecretHash.of(secret));
    }

    /// The same for a secret of which the hash was made before.
    public boolean matches(Digest stored, SecretHash hash) {
        return Optional.ofNullable(byId.get(stored.pepper()))
                .map(entry -> digest(entry, hash).equals(stored))
                .orElse(false);
    }

    /// Whether a stored digest was made under a retired pepper and should be made again now that the secret is at
    /// hand.
    public boolean outdated(Digest stored) {
        return stored.pepper() != current.id();
    }

    private static Digest digest(Entry entry, SecretHash hash) {
        return Digest.of(entry.id(), entry.key().mac(hash.bytes()));
    }
}
