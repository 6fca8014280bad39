package dev.gatehouse.oauth.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.LowLevelCryptoCaller;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.subtle.XAesGcmAead;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sealing key ready for use: XAES-256-GCM with a random 192-bit nonce in front of each ciphertext.
public final class SealingKey {
    static final int BYTES = 32;

    private final KeyLife life;
    private final Aead aead;

    private SealingKey(KeyLife life, Aead aead) {
        this.life = life;
        this.aead = aead;
    }

    @AccessesPartialKey
    @LowLevelCryptoCaller
    static SealingKey of(KeyLife life, byte[] secret) {
        try {
            @Nullable Integer none = null;
            return new SealingKey(
                    life,
                    XAesGcmAead.create(XAesGcmKey.create(
                            PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE_NO_PREFIX,
                            SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()),
                            none)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a sealing key has 32 bytes", e);
        }
    }

    /// Where it stands.
    public KeyLife life() {
        return life;
    }

    /// Encrypts and authenticates.
    public byte[] seal(byte[] plain, byte[] associatedData) {
        try {
            return aead.encrypt(plain, associatedData);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AEAD encryption does not fail", e);
        }
    }

    /// Decrypts; empty unless it was sealed under this key with this associated data and is unaltered.
    public Optional<byte[]> open(byte[] sealed, byte[] associatedData) {
        try {
            return Optional.of(aead.decrypt(sealed, associatedData));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
