package dev.gatehouse.oauth.keys;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Keys that follow each other by themselves. Every node runs it; whoever is first takes a step.
public final class Rotation {
    private final Keys keys;
    private final Supplier<List<Api>> apis;
    private final Schedule schedule;
    private final InstantSource clock;

    /// Rotates by a schedule whatever the Apis of now need.
    public Rotation(Keys keys, Supplier<List<Api>> apis, Schedule schedule, InstantSource clock) {
        this.keys = keys;
        this.apis = apis;
        this.schedule = schedule;
        this.clock = clock;
    }

    /// Takes the steps that are due, the number of them. Costs nothing when none is and the keys are read.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the keys cannot be read or written now; to be tried
    /// again
    public int round() {
        keys.catchUp();
        List<Line> needed = Line.needed(apis.get(), keys.state().rows());
        if (schedule.due(keys.state(), needed, clock.instant()).isEmpty()) {
            return 0;
        }
        keys.changed();
        List<Due> due = schedule.due(keys.state(), needed, clock.instant());
        due.forEach(keys::take);
        return due.size();
    }

    /// The age of the oldest active key of a use; empty when none is active.
    public Optional<Duration> age(StoredKey.Use use) {
        Instant now = clock.instant();
        return active(use)
                .flatMap(key -> key.activatedAt().stream())
                .min(Instant::compareTo)
                .map(since -> Duration.between(since, now));
    }

    /// How long it is until the next key of a use becomes active; below zero when it is late, empty when keys
    /// rotate by command only.
    public Optional<Duration> untilNext(StoredKey.Use use) {
        Instant now = clock.instant();
        return active(use)
                .flatMap(key -> schedule.rotation(key).stream())
                .min(Instant::compareTo)
                .map(next -> Duration.between(now, next));
    }

    /// How many stored keys cannot be used because their rows were altered.
    public int unreadable() {
        return keys.state().unreadable().ids().size();
    }

    /// Reads all keys again, so that rows that were altered behind our back are found without any change.
    public void inspect() {
        keys.changed();
    }

    private Stream<StoredKey> active(StoredKey.Use use) {
        return keys.state().rows().stream().filter(key -> key.use() == use && key.state() == StoredKey.State.ACTIVE);
    }
}
