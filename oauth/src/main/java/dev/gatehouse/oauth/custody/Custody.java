package dev.gatehouse.oauth.custody;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// The keys of the key file, ready for use.
public final class Custody {
    /// The usual name of the key file.
    public static final String FILE = "keys.json";

    private static final int KEY_BYTES = 32;

    private final String installation;
    private final Pepper pepper;
    private final CheckKeys checkKeys;
    private final MacKey auditMac;
    private final Aead aead;

    private Custody(String installation, Pepper pepper, CheckKeys checkKeys, MacKey auditMac, Aead aead) {
        this.installation = installation;
        this.pepper = pepper;
        this.checkKeys = checkKeys;
        this.auditMac = auditMac;
        this.aead = aead;
    }

    /// Opens the key file. When there is none it is created if `mayCreate`, which the caller says
    /// only when the database is empty: fresh keys would make everything in a database with data unreadable.
    ///
    /// @throws CustodyException when the file is missing, damaged, or readable by others
    public static Custody open(Path path, boolean mayCreate, SecureRandom random) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!mayCreate) {
                throw new CustodyException(
                        "The key file " + path + " is missing, but the database has data. Put the key file that"
                                + " belongs to this database back from your backup. It is never created again, because the keys"
                                + " in the database would be lost.");
            }
            KeyFiles.write(path, draw(random));
        }
        KeyFile file = KeyFiles.read(path);
        try {
            return of(file);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CustodyException(
                    "The key file " + path + " holds a key that cannot be used. Restore it from your backup.", e);
        }
    }

    private static KeyFile draw(SecureRandom random) {
        try {
            KeysetHandle keys =
                    KeysetHandle.generateNew(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE, AeadConfig2026.get());
            byte[] keyset =
                    TinkProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get(), AeadConfig2026.get());
            return new KeyFile(
                    drawn(random, 16),
                    List.of(new KeyFile.Named("1", drawn(random, KEY_BYTES))),
                    List.of(new KeyFile.Named("a", drawn(random, KEY_BYTES))),
                    drawn(random, KEY_BYTES),
                    Base64Url.encode(keyset));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink draws AEAD keys", e);
        }
    }

    private static String drawn(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static Custody of(KeyFile file) throws GeneralSecurityException {
        KeysetHandle keys = TinkProtoKeysetFormat.parseKeyset(
                bytes(file.keyEncryption()), InsecureSecretKeyAccess.get(), AeadConfig2026.get());
        return new Custody(
                file.installation(),
                Pepper.of(file.peppers().stream()
                        .map(key -> Pepper.Entry.of(Integer.parseInt(key.id()), bytes(key.key())))
                        .toList()),
                CheckKeys.of(file.checkKeys().stream()
                        .map(key -> CheckKeys.Entry.of(version(key.id()), bytes(key.key())))
                        .toList()),
                HmacKey.of(bytes(file.auditMac())),
                keys.getPrimitive(AeadConfig2026.get(), Aead.class));
    }

    private static byte[] bytes(String text) {
        return Base64Url.decode(text).orElseThrow(() -> new IllegalArgumentException("not base64url"));
    }

    private static char version(String id) {
        if (id.length() != 1) {
            throw new IllegalArgumentException("the id of a check key is one character");
        }
        return id.charAt(0);
    }

    /// A public name of this key file, for logs and for comparing nodes.
    public String installation() {
        return installation;
    }

    /// The pepper list for digests of random secrets.
    public Pepper pepper() {
        return pepper;
    }

    /// The keys of the check at the end of key strings.
    public CheckKeys checkKeys() {
        return checkKeys;
    }

    /// The key of the audit trail's MACs.
    public MacKey auditMac() {
        return auditMac;
    }

    /// Encrypts a value for its place, under the current key-encryption key.
    public Encrypted encrypt(byte[] plain, Place place) {
        try {
            return Encrypted.of(aead.encrypt(plain, place.associatedData(installation)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AEAD encryption does not fail", e);
        }
    }

    /// Decrypts what was encrypted for this very place, under any key of the ring. Empty when it was altered,
    /// moved, or encrypted under another installation's keys; never a fallback.
    public Optional<byte[]> decrypt(Encrypted encrypted, Place place) {
        try {
            return Optional.of(aead.decrypt(encrypted.bytes(), place.associatedData(installation)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
