package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.audit.Seals;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.KeyStep;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.core.store.StoredKey.State;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.Place;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.jose.JwsVerifier;
import dev.gatehouse.oauth.jose.JwsWriter;
import dev.gatehouse.oauth.jose.NewKey;
import dev.gatehouse.oauth.jose.PublicJwk;
import dev.gatehouse.oauth.jose.Signer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Turns keys at rest into keys ready for use and back. The private part is bound to everything
/// beside it in its row, so that nothing can be changed or exchanged in the database (GAUNTLET N03).
final class KeyVault {
    /// The `typ` of access tokens (RFC 9068 section 2.1).
    static final String ACCESS_TOKEN = "at+jwt";

    /// The `typ` of assertions to upstreams.
    static final String ASSERTION = "gatehouse-assertion+jwt";

    private static final Encrypted ERASED = Encrypted.of(new byte[0]);

    private final Custody custody;
    private final CryptoProviders crypto;
    private final SecureRandom random;

    KeyVault(Custody custody, CryptoProviders crypto, SecureRandom random) {
        this.custody = custody;
        this.crypto = crypto;
        this.random = random;
    }

    /// Draws a key of a line, prepared.
    StoredKey draw(Line line, Instant now) {
        Id id = Id.random(Kind.KEY, random);
        Optional<NewKey> pair = line.algorithm().map(algorithm -> NewKey.draw(id.text(), algorithm, crypto, random));
        byte[] secret = pair.map(NewKey::pkcs8).orElseGet(this::sealingKey);
        StoredKey row = new StoredKey(
                id,
                line.api(),
                line.use(),
                line.name(),
                State.PREPARED,
                pair.map(drawn -> drawn.publicJwk().json()).orElse(""),
                ERASED,
                now.truncatedTo(ChronoUnit.MICROS),
                Optional.empty(),
                Optional.empty(),
                0);
        return with(row, custody.encrypt(secret, place(row)));
    }

    private byte[] sealingKey() {
        byte[] key = new byte[SealingKey.BYTES];
        random.nextBytes(key);
        return key;
    }

    /// The step of a key to another state, or to the same one under the current key-encryption key; empty when
    /// the row is not what was stored.
    Optional<KeyStep> step(StoredKey row, State to, Instant at) {
        Instant now = at.truncatedTo(ChronoUnit.MICROS);
        return custody.decrypt(row.encrypted(), place(row)).map(secret -> {
            StoredKey next = next(row, to, now);
            return new KeyStep(row, with(next, custody.encrypt(secret, place(next))));
        });
    }

    /// The step to the end of a key, which erases its private part. No row is too broken for it.
    KeyStep withdrawal(StoredKey row, Instant at) {
        return new KeyStep(row, with(next(row, State.WITHDRAWN, at.truncatedTo(ChronoUnit.MICROS)), ERASED));
    }

    private static StoredKey next(StoredKey row, State to, Instant now) {
        boolean activated = to == State.ACTIVE && row.activatedAt().isEmpty();
        boolean ended = to == State.RETIRED || to == State.WITHDRAWN;
        return new StoredKey(
                row.id(),
                row.api(),
                row.use(),
                row.algorithm(),
                to,
                row.publicPart(),
                row.encrypted(),
                row.createdAt(),
                activated ? Optional.of(now) : row.activatedAt(),
                ended ? row.retiredAt().or(() -> Optional.of(now)) : row.retiredAt(),
                row.nextVersion());
    }

    private static StoredKey with(StoredKey row, Encrypted encrypted) {
        return new StoredKey(
                row.id(),
                row.api(),
                row.use(),
                row.algorithm(),
                row.state(),
                row.publicPart(),
                encrypted,
                row.createdAt(),
                row.activatedAt(),
                row.retiredAt(),
                row.version());
    }

    /// Every column of the row, so that none can be changed in the database or taken from an older row.
    static Place place(StoredKey row) {
        String beside = String.join(
                " ",
                row.use().name(),
                row.algorithm(),
                row.state().name(),
                row.createdAt().toString(),
                row.activatedAt().map(Instant::toString).orElse("-"),
                row.retiredAt().map(Instant::toString).orElse("-"),
                row.publicPart());
        return new Place(
                row.api().map(Id::text).orElse(Place.INSTALLATION),
                "key",
                row.id().text(),
                beside,
                row.version());
    }

    /// Whether a key's private part is under the current key-encryption key.
    boolean underPrimary(StoredKey row) {
        return custody.underPrimary(row.encrypted());
    }

    /// A signature key ready for use; empty when any part of the row is not what was stored.
    Optional<SigningKey> openSigning(StoredKey key) {
        Optional<PublicJwk> jwk = PublicJwk.parse(key.publicPart())
                .filter(read -> read.keyId().equals(key.id().text()))
                .filter(read -> read.algorithm().wire().equals(key.algorithm()));
        return jwk.flatMap(read -> custody.decrypt(key.encrypted(), place(key))
                .flatMap(secret -> Signer.of(read.algorithm(), secret, crypto))
                .map(signer -> new SigningKey(
                        KeyLife.of(key),
                        read.algorithm(),
                        new JwsWriter(type(key.use()), read.algorithm(), read.keyId(), signer),
                        JwsVerifier.of(read, crypto),
                        read)));
    }

    private static String type(StoredKey.Use use) {
        return switch (use) {
            case SIGN -> ACCESS_TOKEN;
            case IDENTIFY, IDENTIFY_EC, IDENTIFY_PS -> SigningKey.PLAIN;
            case ASSERT -> ASSERTION;
            case AUDIT -> Seals.TYPE;
            case SEAL -> throw new IllegalArgumentException("a sealing key signs nothing");
        };
    }

    /// A sealing key ready for use; empty when any part of the row is not what was stored.
    Optional<SealingKey> openSealing(StoredKey key) {
        return custody.decrypt(key.encrypted(), place(key))
                .filter(secret ->
                        secret.length == SealingKey.BYTES && key.algorithm().equals(Line.SEALING_ALGORITHM))
                .map(secret -> SealingKey.of(KeyLife.of(key), secret));
    }
}
