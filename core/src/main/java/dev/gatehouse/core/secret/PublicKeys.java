package dev.gatehouse.core.secret;

/// The public keys of a client that signs what proves it: no secret, and as good as one for telling.
///
/// @param jwks a JWK Set (RFC 7517 section 5), read and written anew by whoever knows keys
public record PublicKeys(String jwks) implements Evidence {}
