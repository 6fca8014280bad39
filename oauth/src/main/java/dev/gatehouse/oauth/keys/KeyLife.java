package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where a key that is in memory stands. (A key that is withdrawn never gets there.)
///
/// @param acceptedFor how long it is accepted after it retired
public record KeyLife(
        Id id, Optional<Id> api, StoredKey.State state, Optional<Instant> retiredAt, Duration acceptedFor) {
    /// How long a key is accepted after it retired: the longest life of a token and a minute for clocks.
    public static final Duration ACCEPTED_AFTER = TokenPolicy.MAX_LIFE.plusSeconds(60);

    /// How long one of ID tokens is: they come back as hints for as long as logins may be open.
    public static final Duration HINTS_AFTER = Duration.ofDays(8);

    static KeyLife of(StoredKey key) {
        Duration acceptedFor = switch (key.use()) {
            case IDENTIFY, IDENTIFY_EC, IDENTIFY_PS -> HINTS_AFTER;
            case SIGN, ASSERT, SEAL, AUDIT -> ACCEPTED_AFTER;
        };
        return new KeyLife(key.id(), key.api(), key.state(), key.retiredAt(), acceptedFor);
    }

    /// Whether new tokens are made under it.
    boolean active() {
        return state == StoredKey.State.ACTIVE;
    }

    /// Whether what was made under it may still count. A prepared key is accepted too: another node may use it
    /// already.
    boolean accepted(Instant now) {
        return switch (state) {
            case PREPARED, ACTIVE -> true;
            case RETIRED ->
                retiredAt.isPresent() && now.isBefore(retiredAt.get().plus(acceptedFor));
            case WITHDRAWN -> false;
        };
    }
}
