package dev.gatehouse.storage.facts;

/// How much is held in memory.
///
/// @param credentials credentials with what is above them, about 400 bytes each
/// @param customers customers, about 250 bytes each, and as many memberships of users
/// @param clients `client_id`s with the list of what proves them, and as many usernames
/// @param organizations those that requests name, about 100 bytes each
/// @param absent ids and `client_id`s that do not exist; apart from the others, so that a flood of them evicts
///     nothing that is there
/// @param dead entries of the dead set that may be loaded at the start; more than
///     [dev.gatehouse.core.store.TokenStore.Room#all()], which writers that race may pass by a few
public record FactBounds(int credentials, int customers, int clients, int organizations, int absent, int dead) {
    /// For a million keys.
    public static final FactBounds DEFAULT = new FactBounds(1_000_000, 500_000, 100_000, 100_000, 8_192, 1_000_000);
}
