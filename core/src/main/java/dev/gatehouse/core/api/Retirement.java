package dev.gatehouse.core.api;

import java.time.Instant;
import java.util.Optional;

/// That a route belongs to a version of the Api that goes.
///
/// @param since when it was, or will be, deprecated (RFC 9745)
/// @param endsAt when it is served no more (RFC 8594)
/// @param link where callers read what to do
public record Retirement(Instant since, Optional<Instant> endsAt, Optional<String> link) {
    /// Whether it is served no more.
    public boolean over(Instant now) {
        return endsAt.filter(end -> !now.isBefore(end)).isPresent();
    }
}
