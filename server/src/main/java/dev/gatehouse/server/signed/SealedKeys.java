package dev.gatehouse.server.signed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.custody.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts keys that requests are signed with under the ring of the key file, each bound to its organization
/// and its row, and opens them. Those in use are kept open: whose row is changed is opened anew.
public final class SealedKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SealedKeys.class);
    private static final String USE = "signing_key";

    /// How many are kept open, about 300 bytes each.
    private static final int OPEN = 10_000;

    /// For how long one that could not be read is not tried again.
    private static final Duration FORGET = Duration.ofSeconds(10);

    /// How often that is told at most.
    private static final Duration QUIET = Duration.ofMinutes(1);

    /// Where a key belongs: what is copied into another row is not found open.
    private record Row(Id organization, Id credential, SealedKey sealed) {}

    private final Custody custody;
    private final InstantSource clock;
    private final Map<Row, HmacSha256> open = new ConcurrentHashMap<>();
    private final Map<Row, Instant> unread = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> told = new AtomicReference<>(Instant.EPOCH);

    /// Over this custody's ring.
    public SealedKeys(Custody custody, InstantSource clock) {
        this.custody = custody;
        this.clock = clock;
    }

    /// A key for its row.
    public SealedKey seal(Id organization, Id credential, Secret key) {
        return seal(organization, credential, key.bytes());
    }

    SealedKey seal(Id organization, Id credential, byte[] key) {
        return SealedKey.of(
                custody.encrypt(key, place(organization, credential)).bytes());
    }

    /// What signs under the key of a credential; empty when that cannot be read, which says nothing about whoever
    /// signs.
    Optional<HmacSha256> key(Credential credential) {
        if (!(credential.evidence() instanceof SealedKey sealed)) {
            return Optional.empty();
        }
        Row row = new Row(credential.organization(), credential.id(), sealed);
        HmacSha256 known = open.get(row);
        return known == null ? opened(credential, row) : Optional.of(known);
    }

    private Optional<HmacSha256> opened(Credential credential, Row row) {
        Instant now = clock.instant();
        Instant tried = unread.get(row);
        if (tried != null && now.isBefore(tried.plus(FORGET))) {
            return Optional.empty();
        }
        Optional<HmacSha256> opened = read(credential, row.sealed()).map(HmacSha256::under);
        opened.ifPresentOrElse(key -> put(open, row, key), () -> {
            put(unread, row, now);
            tell(credential.id(), now);
        });
        return opened;
    }

    private Optional<byte[]> read(Credential credential, SealedKey sealed) {
        try {
            return plain(credential, sealed);
        } catch (CustodyException e) {
            return Optional.empty();
        }
    }

    private static <T> void put(Map<Row, T> known, Row row, T what) {
        if (known.size() >= OPEN) {
            known.clear();
        }
        known.put(row, what);
    }

    private void tell(Id credential, Instant now) {
        Instant last = told.get();
        if (!now.isBefore(last.plus(QUIET)) && told.compareAndSet(last, now)) {
            LOG.error("the signing key {} cannot be decrypted with this key file", credential);
        }
    }

    Optional<byte[]> plain(Credential credential, SealedKey sealed) {
        return custody.decrypt(Encrypted.of(sealed.bytes()), place(credential.organization(), credential.id()));
    }

    /// Whether it is under the primary key of the ring.
    boolean current(SealedKey sealed) {
        return custody.underPrimary(Encrypted.of(sealed.bytes()));
    }

    private static Place place(Id organization, Id credential) {
        return new Place(organization.text(), "credential", credential.text(), USE, 0);
    }
}
