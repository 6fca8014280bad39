package dev.gatehouse.core.store;

import java.time.Instant;
import java.util.Optional;

/// Where renewing a credential stands.
///
/// @param fence raised by each lease and by each new credential from outside: a write under a lower one is
///     refused
/// @param leasedUntil until when somebody is renewing it
/// @param begun marked before the platform is asked, cleared when it is known what came of it
/// @param lost whether an attempt before the one that is leased ended without anybody knowing what came of it
/// @param notBefore no attempt before this time: the last one failed, or gave a credential that is too young
/// @param failures attempts in a row that came to nothing
public record Renewal(
        long fence,
        Optional<Instant> leasedUntil,
        boolean begun,
        boolean lost,
        Optional<Instant> notBefore,
        int failures) {
    /// Nobody has ever tried.
    public static final Renewal NONE = new Renewal(0, Optional.empty(), false, false, Optional.empty(), 0);

    /// Whether somebody is at it.
    public boolean leased(Instant now) {
        return leasedUntil.isPresent() && now.isBefore(leasedUntil.get());
    }

    /// Whether the platform gave the credential only a moment ago.
    public boolean young(Instant now) {
        return failures == 0 && early(now);
    }

    /// Whether it is too early for another attempt.
    public boolean early(Instant now) {
        return notBefore.isPresent() && now.isBefore(notBefore.get());
    }
}
