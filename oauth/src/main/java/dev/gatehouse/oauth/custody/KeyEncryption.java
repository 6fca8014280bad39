package dev.gatehouse.oauth.custody;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.gatehouse.core.store.Encrypted;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

/// The ring of key-encryption keys, immutable: the primary one encrypts, all of them decrypt. Every ciphertext
/// names its key in its first bytes (Tink's prefix: a 1 and the key's id).
final class KeyEncryption {
    private static final int PREFIX_BYTES = 1 + Integer.BYTES;
    private static final byte PREFIX = 1;

    private final KeysetHandle keys;
    private final Aead aead;

    private KeyEncryption(KeysetHandle keys) throws GeneralSecurityException {
        this.keys = keys;
        this.aead = keys.getPrimitive(AeadConfig2026.get(), Aead.class);
    }

    static KeyEncryption draw() {
        try {
            return new KeyEncryption(KeysetHandle.generateNew(
                    PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE, AeadConfig2026.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink draws AEAD keys", e);
        }
    }

    static KeyEncryption parse(byte[] keyset) throws GeneralSecurityException {
        return new KeyEncryption(
                TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get(), AeadConfig2026.get()));
    }

    byte[] serialized() {
        try {
            return TinkProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get(), AeadConfig2026.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink writes what it read", e);
        }
    }

    Encrypted encrypt(byte[] plain, byte[] associatedData) {
        try {
            return Encrypted.of(aead.encrypt(plain, associatedData));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AEAD encryption does not fail", e);
        }
    }

    Optional<byte[]> decrypt(Encrypted encrypted, byte[] associatedData) {
        try {
            return Optional.of(aead.decrypt(encrypted.bytes(), associatedData));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /// The number of the key that a ciphertext says it is under.
    static Optional<Integer> keyOf(Encrypted encrypted) {
        byte[] bytes = encrypted.bytes();
        return bytes.length > PREFIX_BYTES && bytes[0] == PREFIX
                ? Optional.of(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt())
                : Optional.empty();
    }

    boolean has(int key) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.getAt(i).getId() == key) {
                return true;
            }
        }
        return false;
    }

    int primary() {
        return keys.getPrimary().getId();
    }

    int size() {
        return keys.size();
    }

    /// Whether the newest key is not the primary one yet.
    boolean pending() {
        return !keys.getAt(keys.size() - 1).isPrimary();
    }

    /// The ring with another key at its end, which only decrypts yet.
    KeyEncryption withAnother() {
        return changed(KeysetHandle.newBuilder(keys)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE)
                        .withRandomId()));
    }

    /// The ring with its newest key as the primary one.
    KeyEncryption withNewestFirst() {
        KeysetHandle.Builder ring = KeysetHandle.newBuilder(keys);
        var _ = ring.getAt(keys.size() - 1).makePrimary();
        return changed(ring);
    }

    /// The ring with nothing but its primary key.
    KeyEncryption alone() {
        KeysetHandle.Builder ring = KeysetHandle.newBuilder(keys);
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (!keys.getAt(i).isPrimary()) {
                var _ = ring.deleteAt(i);
            }
        }
        return changed(ring);
    }

    private static KeyEncryption changed(KeysetHandle.Builder ring) {
        try {
            return new KeyEncryption(ring.setConfiguration(AeadConfig2026.get()).build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink changes a ring of AEAD keys", e);
        }
    }

    @Override
    public String toString() {
        return "[" + keys.size() + " key-encryption keys]";
    }
}
