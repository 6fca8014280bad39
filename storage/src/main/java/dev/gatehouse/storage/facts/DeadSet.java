package dev.gatehouse.storage.facts;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader.Dead;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The tokens, families and sessions that were ended before their time, held whole. Nothing leaves it before it
/// would have expired anyway.
final class DeadSet {
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final ConcurrentMap<Id, Instant> untilById = new ConcurrentHashMap<>();
    private final InstantSource clock;

    DeadSet(InstantSource clock) {
        this.clock = clock;
    }

    boolean has(Id passing) {
        return !untilById.isEmpty() && untilById.containsKey(passing);
    }

    void add(List<Dead> dead) {
        dead.forEach(one -> untilById.merge(one.id(), one.expiresAt().plus(SKEW), DeadSet::later));
    }

    /// Adds one that died. Where its expiry is not known it stays for the longest life. Death is final, so this
    /// is not a fact set from a change that a newer one could contradict.
    void add(Change death) {
        Instant end = death.expiresAt().orElseGet(() -> clock.instant().plus(TokenPolicy.MAX_LIFE));
        add(List.of(new Dead(death.named(), end)));
    }

    /// Lets go of what has expired.
    void sweep() {
        Instant now = clock.instant();
        untilById.values().removeIf(until -> !now.isBefore(until));
    }

    int size() {
        return untilById.size();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
