package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// A key at rest.
///
/// @param api whose tokens it signs; absent for the sealing key of the installation
/// @param use what it is for
/// @param algorithm `ES256`, `RS256`, `PS256`, `EdDSA`, or `XAES-256-GCM` for sealing
/// @param publicPart the public JWK as JSON; empty for sealing
/// @param encrypted the private part under the key-encryption key, bound to every other column by its associated
///     data; without content once the key is withdrawn
/// @param activatedAt when it became active
/// @param retiredAt when it stopped being active; what it signed is accepted until the last such token has
///     expired
/// @param version raised by each step, so that each is made once and starts from the newest row
public record StoredKey(
        Id id,
        Optional<Id> api,
        Use use,
        String algorithm,
        State state,
        String publicPart,
        Encrypted encrypted,
        Instant createdAt,
        Optional<Instant> activatedAt,
        Optional<Instant> retiredAt,
        long version) {
    /// What a key is for.
    public enum Use {
        /// Signs access tokens.
        SIGN,
        /// Signs ID tokens and other answers to clients, with the algorithm that every client knows.
        IDENTIFY,
        /// The same with an elliptic curve, for clients that ask for it.
        IDENTIFY_EC,
        /// The same with RSASSA-PSS; drawn for an Api once a client asks for it.
        IDENTIFY_PS,
        /// Signs the assertions that go to an upstream.
        ASSERT,
        /// Seals access tokens.
        SEAL,
        /// Signs the seals of the audit trail.
        AUDIT
    }

    /// Where a key is in its life.
    public enum State {
        /// Published, not yet used.
        PREPARED,
        /// New tokens are made under it.
        ACTIVE,
        /// Old tokens are still accepted under it.
        RETIRED,
        /// Nothing is accepted under it.
        WITHDRAWN
    }

    /// The version after a step. No row is stored with a version that has none; one that was altered to it starts
    /// again from 0, so that it can still be withdrawn.
    public long nextVersion() {
        return Math.max(0, version + 1);
    }
}
