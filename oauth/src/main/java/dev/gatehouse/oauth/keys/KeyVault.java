package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.SigningAlgorithm;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.StoredKey;
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
import java.util.Optional;

/// Turns keys at rest into keys ready for use and back. The private part is bound to its row and to the public part
/// beside it, so that neither can be exchanged in the database (GAUNTLET N03).
final class KeyVault {
    /// The `typ` of access tokens (RFC 9068 section 2.1).
    static final String ACCESS_TOKEN = "at+jwt";

    /// The `typ` of assertions to upstreams.
    static final String ASSERTION = "gatehouse-assertion+jwt";

    /// The algorithm of sealing keys.
    static final String SEALING = "XAES-256-GCM";

    private static final int FORMAT = 1;

    private final Custody custody;
    private final CryptoProviders crypto;
    private final SecureRandom random;

    KeyVault(Custody custody, CryptoProviders crypto, SecureRandom random) {
        this.custody = custody;
        this.crypto = crypto;
        this.random = random;
    }

    /// Draws a signature key.
    StoredKey drawSigning(StoredKey.Use use, Optional<Id> api, SigningAlgorithm algorithm, Instant now) {
        Id id = Id.random(Kind.KEY, random);
        NewKey key = NewKey.draw(id.text(), algorithm, crypto, random);
        return stored(
                id,
                use,
                api,
                algorithm.wire(),
                key.publicJwk().json(),
                key.publicJwk().thumbprint(),
                key.pkcs8(),
                now);
    }

    /// Draws a sealing key.
    StoredKey drawSealing(Instant now) {
        byte[] key = new byte[SealingKey.BYTES];
        random.nextBytes(key);
        return stored(Id.random(Kind.KEY, random), StoredKey.Use.SEAL, Optional.empty(), SEALING, "", "", key, now);
    }

    private StoredKey stored(
            Id id,
            StoredKey.Use use,
            Optional<Id> api,
            String algorithm,
            String publicPart,
            String thumbprint,
            byte[] secret,
            Instant now) {
        return new StoredKey(
                id,
                api,
                use,
                algorithm,
                StoredKey.State.PREPARED,
                publicPart,
                custody.encrypt(secret, place(id, use, api, algorithm, thumbprint)),
                now,
                Optional.empty(),
                Optional.empty());
    }

    private static Place place(Id id, StoredKey.Use use, Optional<Id> api, String algorithm, String thumbprint) {
        String owner = api.map(Id::text).orElse(Place.INSTALLATION);
        return new Place(owner, "key", id.text(), use.name() + " " + algorithm + " " + thumbprint, FORMAT);
    }

    /// A signature key ready for use; empty when any part of the row is not what was stored.
    Optional<SigningKey> openSigning(StoredKey key) {
        Optional<PublicJwk> jwk = PublicJwk.parse(key.publicPart())
                .filter(read -> read.keyId().equals(key.id().text()))
                .filter(read -> read.algorithm().wire().equals(key.algorithm()));
        return jwk.flatMap(read -> custody.decrypt(
                        key.encrypted(), place(key.id(), key.use(), key.api(), key.algorithm(), read.thumbprint()))
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
            case ASSERT -> ASSERTION;
            case SEAL -> throw new IllegalArgumentException("a sealing key signs nothing");
        };
    }

    /// A sealing key ready for use; empty when any part of the row is not what was stored.
    Optional<SealingKey> openSealing(StoredKey key) {
        return custody.decrypt(key.encrypted(), place(key.id(), key.use(), key.api(), key.algorithm(), ""))
                .filter(secret ->
                        secret.length == SealingKey.BYTES && key.algorithm().equals(SEALING))
                .map(secret -> SealingKey.of(KeyLife.of(key), secret));
    }
}
