package dev.gatehouse.client;

import java.util.Optional;

/// What a write depends on.
///
/// @param ifMatch the mark of the only state that is written to; another one is refused with status 412
/// @param idempotencyKey under which the write is done once, however often it is sent
public record Guard(Optional<String> ifMatch, Optional<String> idempotencyKey) {
    /// Depends on nothing.
    public static final Guard NONE = new Guard(Optional.empty(), Optional.empty());

    /// Writes to this state only.
    public static Guard of(Shown shown) {
        return new Guard(shown.etag(), Optional.empty());
    }
}
