package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;

/// The reply to a request that has had its effect.
///
/// @param request the digest of what was asked
public record KeptReply(Bytes request, Encrypted reply) {}
