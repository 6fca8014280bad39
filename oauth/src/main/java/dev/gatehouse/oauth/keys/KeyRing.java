package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.StoredKey.Use;
import dev.gatehouse.oauth.jose.PublicJwk;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All keys of one moment, immutable.
public final class KeyRing {
    /// A ring without keys.
    static final KeyRing EMPTY =
            new KeyRing(List.of(), List.of(), List.of(), List.of(), List.of(), UnreadableKeys.NONE);

    private final List<SigningKey> signing;
    private final List<SigningKey> identifying;
    private final List<SigningKey> asserting;
    private final List<SigningKey> auditing;
    private final Map<Id, SigningKey> active = new HashMap<>();
    private final Map<String, SigningKey> byKeyId = new HashMap<>();
    private final Map<Id, SealingKey> sealing = new HashMap<>();
    private final Optional<SealingKey> activeSeal;
    private final Optional<SigningKey> activeAssert;
    private final UnreadableKeys unreadable;

    KeyRing(
            List<SigningKey> signing,
            List<SigningKey> identifying,
            List<SigningKey> asserting,
            List<SigningKey> auditing,
            List<SealingKey> sealing,
            UnreadableKeys unreadable) {
        this.signing = List.copyOf(signing);
        this.identifying = List.copyOf(identifying);
        this.asserting = List.copyOf(asserting);
        this.auditing = List.copyOf(auditing);
        for (SigningKey key : signing) {
            byKeyId.put(key.jwk().keyId(), key);
            if (key.life().active()) {
                key.life().api().ifPresent(api -> active.put(api, key));
            }
        }
        sealing.forEach(key -> this.sealing.put(key.life().id(), key));
        this.activeSeal = sealing.stream().filter(key -> key.life().active()).findFirst();
        this.activeAssert =
                asserting.stream().filter(key -> key.life().active()).findFirst();
        this.unreadable = unreadable;
    }

    /// The key that signs an Api's tokens, when it is of the algorithm that the Api asks for.
    ///
    /// @throws FactsUnavailable when there is one that cannot be read
    public Optional<SigningKey> signing(Id api, SigningAlgorithm algorithm) {
        SigningKey key = active.get(api);
        if (key == null) {
            unreadable.inactive(Use.SIGN, Optional.of(api));
        }
        return Optional.ofNullable(key).filter(one -> one.algorithm() == algorithm);
    }

    /// The key that a token of this Api names. Keys of other Apis are not found, whatever the name (GAUNTLET
    /// E04).
    ///
    /// @throws FactsUnavailable when there is one of this name that cannot be read
    public Optional<SigningKey> verifying(Id api, String keyId, Instant now) {
        SigningKey key = byKeyId.get(keyId);
        if (key == null) {
            Id.parse(Kind.KEY, keyId).ifPresent(unreadable::unknown);
        }
        return Optional.ofNullable(key)
                .filter(one -> one.life().api().equals(Optional.of(api)))
                .filter(one -> one.life().accepted(now));
    }

    /// The key that signs an Api's ID tokens and other answers to clients.
    ///
    /// @param algorithm one of [SigningKey#IDENTIFYING]
    /// @throws FactsUnavailable when there is one that cannot be read
    public Optional<SigningKey> identifying(Id api, SigningAlgorithm algorithm) {
        Optional<SigningKey> key = identifying(Optional.of(api))
                .filter(one -> one.life().active() && one.algorithm() == algorithm)
                .findFirst();
        if (key.isEmpty()) {
            unreadable.inactive(Line.use(algorithm), Optional.of(api));
        }
        return key;
    }

    private Stream<SigningKey> identifying(Optional<Id> api) {
        return identifying.stream().filter(key -> key.life().api().equals(api));
    }

    /// The key that an ID token of this Api names.
    ///
    /// @throws FactsUnavailable when there is one of this name that cannot be read
    public Optional<SigningKey> identifies(Id api, String keyId, Instant now) {
        Optional<SigningKey> key = identifying(Optional.of(api))
                .filter(one -> one.jwk().keyId().equals(keyId))
                .findFirst();
        if (key.isEmpty()) {
            Id.parse(Kind.KEY, keyId).ifPresent(unreadable::unknown);
        }
        return key.filter(one -> one.life().accepted(now));
    }

    /// The key that seals tokens.
    ///
    /// @throws FactsUnavailable when there is one that cannot be read
    public Optional<SealingKey> sealing() {
        if (activeSeal.isEmpty()) {
            unreadable.inactive(Use.SEAL, Optional.empty());
        }
        return activeSeal;
    }

    /// The key that a sealed token names.
    ///
    /// @throws FactsUnavailable when there is one of this name that cannot be read
    public Optional<SealingKey> opening(Id id, Instant now) {
        SealingKey key = sealing.get(id);
        if (key == null) {
            unreadable.unknown(id);
        }
        return Optional.ofNullable(key).filter(one -> one.life().accepted(now));
    }

    /// The key that signs assertions to upstreams.
    ///
    /// @throws FactsUnavailable when there is one that cannot be read
    public Optional<SigningKey> asserting() {
        if (activeAssert.isEmpty()) {
            unreadable.inactive(Use.ASSERT, Optional.empty());
        }
        return activeAssert;
    }

    /// What an Api's JWKS document shows: keys that sign, will sign, or signed tokens that may still live.
    public List<PublicJwk> published(Id api, Instant now) {
        return Stream.concat(signing.stream(), identifying.stream())
                .filter(key -> key.life().api().equals(Optional.of(api)))
                .filter(key -> key.life().accepted(now))
                .map(SigningKey::jwk)
                .toList();
    }

    /// The keys by which upstreams check assertions.
    public List<PublicJwk> publishedForAssertions(Instant now) {
        return asserting.stream()
                .filter(key -> key.life().accepted(now))
                .map(SigningKey::jwk)
                .toList();
    }

    /// The key that signs the seals of the audit trail.
    public Optional<SigningKey> auditing() {
        return auditing.stream().filter(key -> key.life().active()).findFirst();
    }

    /// The keys by which seals are checked: all that ever signed one, because seals do not expire.
    public List<PublicJwk> publishedForAudit() {
        return auditing.stream().map(SigningKey::jwk).toList();
    }
}
