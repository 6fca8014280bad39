package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import java.util.Optional;

/// The reply to a request that has had its effect.
///
/// @param request the digest of what was asked
/// @param receipt that the effect counts everywhere, now that it was asked for again
public record KeptReply(Bytes request, Encrypted reply, Optional<Receipt> receipt) {}
