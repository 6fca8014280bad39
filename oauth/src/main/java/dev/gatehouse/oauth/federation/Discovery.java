package dev.gatehouse.oauth.federation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.oauth.client.KeyFetch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// What providers say of themselves, kept for a while: looked for again by one request at a time, and never more
/// often than every half a minute, whatever strangers send.
public final class Discovery {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration STALE = Duration.ofHours(12);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(3);
    private static final int KEPT = 200;

    private record Found(Instant at, ProviderMetadata metadata) {}

    private record State(Optional<Found> found, Instant looked) {}

    private static final class Slot {
        private final ReentrantLock looking = new ReentrantLock();
        private volatile State state = new State(Optional.empty(), Instant.MIN);
    }

    private final KeyFetch fetch;
    private final InstantSource clock;
    private final Cache<String, Slot> slots =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /// @param fetch gets a document
    public Discovery(KeyFetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /// What an issuer says of itself; empty when nobody can tell now. Blocks when it has to look.
    public Optional<ProviderMetadata> of(String issuer) {
        Slot slot = slots.get(issuer, _ -> new Slot());
        if (younger(slot.state, FRESH).isEmpty() && due(slot.state)) {
            look(slot, issuer);
        }
        return younger(slot.state, STALE).map(Found::metadata);
    }

    private Optional<Found> younger(State state, Duration than) {
        return state.found().filter(found -> clock.instant().isBefore(found.at().plus(than)));
    }

    private boolean due(State state) {
        return state.looked().equals(Instant.MIN)
                || !clock.instant().isBefore(state.looked().plus(PAUSE));
    }

    private void look(Slot slot, String issuer) {
        try {
            if (!slot.looking.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (due(slot.state)) {
                Optional<Found> found = fetch.fetch(ProviderMetadata.address(issuer))
                        .flatMap(document -> ProviderMetadata.read(document, issuer))
                        .map(metadata -> new Found(clock.instant(), metadata));
                slot.state = new State(found.or(slot.state::found), clock.instant());
            }
        } finally {
            slot.looking.unlock();
        }
    }
}
