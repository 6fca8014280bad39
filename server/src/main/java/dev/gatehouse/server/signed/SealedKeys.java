package dev.gatehouse.server.signed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts keys that requests are signed with under the ring of the key file, each bound to its organization and its
/// row, and opens them. Those in use are kept open, under their ciphertext: whose row is changed is opened anew.
public final class SealedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SealedKeys.class);
    private static final String USE = "signing_key";

    /// How many are kept open, about 300 bytes each.
    private static final int OPEN = 10_000;

    private final Custody custody;
    private final Map<SealedKey, HmacSha256> open = new ConcurrentHashMap<>();

    /// Over this custody's ring.
    public SealedKeys(Custody custody) {
        this.custody = custody;
    }

    /// A key for its row.
    public SealedKey seal(Id organization, Id credential, Secret key) {
        return seal(organization, credential, key.bytes());
    }

    SealedKey seal(Id organization, Id credential, byte[] key) {
        return SealedKey.of(
                custody.encrypt(key, place(organization, credential)).bytes());
    }

    /// What signs under the key of a credential; empty when that has none, or none that belongs into its row.
    Optional<HmacSha256> key(Credential credential) {
        if (!(credential.evidence() instanceof SealedKey sealed)) {
            return Optional.empty();
        }
        HmacSha256 known = open.get(sealed);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HmacSha256> opened = plain(credential, sealed).map(HmacSha256::under);
        if (opened.isEmpty()) {
            LOG.error("the signing key {} cannot be decrypted with this key file", credential.id());
            return opened;
        }
        if (open.size() >= OPEN) {
            open.clear();
        }
        open.put(sealed, opened.get());
        return opened;
    }

    Optional<byte[]> plain(Credential credential, SealedKey sealed) {
        return custody.decrypt(
                Encrypted.of(sealed.bytes()), place(credential.organization(), credential.id()));
    }

    /// Whether it is under the primary key of the ring.
    boolean current(SealedKey sealed) {
        return custody.underPrimary(Encrypted.of(sealed.bytes()));
    }

    private static Place place(Id organization, Id credential) {
        return new Place(organization.text(), "credential", credential.text(), USE, 0);
    }
}
