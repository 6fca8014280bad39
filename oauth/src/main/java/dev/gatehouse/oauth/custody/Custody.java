package dev.gatehouse.oauth.custody;

import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The keys of the key file, ready for use.
public final class Custody {
    /// The usual name of the key file.
    public static final String FILE = "keys.json";

    private static final System.Logger LOG = System.getLogger(Custody.class.getName());
    private static final int KEY_BYTES = 32;
    private static final String SUBJECTS = "gatehouse subjects of sectors, 1";

    private static final int CHECK_BYTES = 12;

    private final Path path;
    private final KeyFile file;
    private final Pepper pepper;
    private final CheckKeys checkKeys;
    private final MacKey auditMac;
    private volatile KeyEncryption keyEncryption;

    private Custody(
            Path path, KeyFile file, Pepper pepper, CheckKeys checkKeys, MacKey auditMac, KeyEncryption keyEncryption) {
        this.path = path;
        this.file = file;
        this.pepper = pepper;
        this.checkKeys = checkKeys;
        this.auditMac = auditMac;
        this.keyEncryption = keyEncryption;
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
            return of(path, file);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CustodyException(
                    "The key file " + path + " holds a key that cannot be used. Restore it from your backup.", e);
        }
    }

    private static KeyFile draw(SecureRandom random) {
        return new KeyFile(
                drawn(random, 16),
                List.of(new KeyFile.Named("1", drawn(random, KEY_BYTES))),
                List.of(new KeyFile.Named("a", drawn(random, KEY_BYTES))),
                drawn(random, KEY_BYTES),
                Base64Url.encode(KeyEncryption.draw().serialized()));
    }

    private static String drawn(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }

    private static Custody of(Path path, KeyFile file) throws GeneralSecurityException {
        return new Custody(
                path,
                file,
                Pepper.of(file.peppers().stream()
                        .map(key -> Pepper.Entry.of(Integer.parseInt(key.id()), bytes(key.key())))
                        .toList()),
                CheckKeys.of(file.checkKeys().stream()
                        .map(key -> CheckKeys.Entry.of(version(key.id()), bytes(key.key())))
                        .toList()),
                HmacKey.of(bytes(file.auditMac())),
                KeyEncryption.parse(bytes(file.keyEncryption())));
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

    /// A public name of this key file, for logs and for comparing nodes: drawn at random, then a check value over
    /// its peppers, its check keys and its audit key. The ring of key-encryption keys is not in it, because that
    /// changes; whether it opens what is stored is seen when the stored keys are opened.
    public String installation() {
        StringBuilder all = new StringBuilder("gatehouse key file\n").append(file.installation());
        file.peppers()
                .forEach(key ->
                        all.append("\npepper ").append(key.id()).append(' ').append(key.key()));
        file.checkKeys()
                .forEach(key ->
                        all.append("\ncheck ").append(key.id()).append(' ').append(key.key()));
        byte[] mac = auditMac.mac(all.toString().getBytes(StandardCharsets.UTF_8));
        return file.installation() + "." + Base64Url.encode(Arrays.copyOf(mac, CHECK_BYTES));
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

    /// The key under which clients of a sector are told of users (OpenID Connect Core section 8.1). It comes of the
    /// one key of the file that is never replaced, so that who a user is never changes.
    public HmacSha256 subjects() {
        return HmacSha256.under(auditMac.mac(SUBJECTS.getBytes(StandardCharsets.UTF_8)));
    }

    /// Encrypts a value for its place, under the primary key of the ring as it is in the file now.
    public Encrypted encrypt(byte[] plain, Place place) {
        refresh();
        return keyEncryption.encrypt(plain, place.associatedData(file.installation()));
    }

    /// Decrypts what was encrypted for this very place, under any key of the ring; a key that is not known yet is
    /// looked for in the file. Empty when it was altered, moved, or encrypted under another installation's keys;
    /// never a fallback.
    public Optional<byte[]> decrypt(Encrypted encrypted, Place place) {
        if (KeyEncryption.keyOf(encrypted)
                .filter(key -> !keyEncryption.has(key))
                .isPresent()) {
            refresh();
        }
        return keyEncryption.decrypt(encrypted, place.associatedData(file.installation()));
    }

    /// Whether a value is under the primary key of the ring.
    public boolean underPrimary(Encrypted encrypted) {
        return KeyEncryption.keyOf(encrypted).equals(Optional.of(keyEncryption.primary()));
    }

    /// How many key-encryption keys the ring has.
    public int keyEncryptionKeys() {
        return keyEncryption.size();
    }

    /// Whether the ring's newest key only decrypts yet.
    public boolean pending() {
        return keyEncryption.pending();
    }

    /// Adds a key-encryption key to the file. It only decrypts until [#promote()], so that the file can be taken
    /// to other nodes first.
    public void add() {
        change(KeyEncryption::withAnother);
    }

    /// Makes the newest key-encryption key the primary one, in the file.
    public void promote() {
        change(KeyEncryption::withNewestFirst);
    }

    /// Takes every key-encryption key but the primary one out of the file. What is still under one of them is
    /// lost.
    public void dropOthers() {
        change(KeyEncryption::alone);
    }

    private void change(UnaryOperator<KeyEncryption> change) {
        KeyFile now = KeyFiles.read(path);
        requireSame(now);
        try {
            KeyEncryption changed = change.apply(KeyEncryption.parse(bytes(now.keyEncryption())));
            KeyFiles.replace(path, now.under(Base64Url.encode(changed.serialized())));
            keyEncryption = changed;
        } catch (GeneralSecurityException e) {
            throw new CustodyException(
                    "The key file " + path + " holds a key that cannot be used. Restore it from your backup.", e);
        }
    }

    private void requireSame(KeyFile now) {
        if (!now.installation().equals(file.installation())) {
            throw new CustodyException(
                    "The key file " + path + " was replaced by another installation's. Put the right one back.");
        }
    }

    /// Reads the ring again. When the file cannot be used the keys that are known stay in use: it may be there
    /// for the start only.
    private void refresh() {
        try {
            KeyFile now = KeyFiles.read(path);
            requireSame(now);
            keyEncryption = KeyEncryption.parse(bytes(now.keyEncryption()));
        } catch (CustodyException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the key file is not what it was at the start; the keys read then are used: {0}",
                    e.getMessage());
        }
    }
}
