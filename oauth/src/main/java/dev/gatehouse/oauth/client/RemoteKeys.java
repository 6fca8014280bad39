package dev.gatehouse.oauth.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.oauth.jose.ClientKeys;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.jose.UnverifiedJws;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/// Keys that clients keep at a URL of their own (`jwks_uri`, OpenID Connect Registration section 2): kept for a
/// while, fetched again for a key that is not among them, by one request at a time and never more often than every
/// half a minute, whatever strangers send. A fetch that fails is an outage of that client alone.
public final class RemoteKeys {
    /// How long keys count without another look.
    static final Duration FRESH = Duration.ofMinutes(10);

    /// How long they count while looking fails.
    static final Duration STALE = Duration.ofHours(1);

    /// How long nobody looks again, whatever looking came to.
    static final Duration PAUSE = Duration.ofSeconds(30);

    /// How many addresses are remembered; some 10 kB each.
    private static final int KEPT = 1000;

    /// How many requests look, or wait for one that does, at the same time.
    private static final int BUSY = 16;

    private static final Duration WAIT = Duration.ofSeconds(3);

    /// What was found.
    ///
    /// @param checks tells the key that a JWS was signed under
    private record Found(Instant at, ClientKeys keys, Function<UnverifiedJws, Optional<String>> checks) {}

    /// What is known of an address.
    ///
    /// @param looked when somebody looked last
    private record State(Optional<Found> found, Instant looked) {}

    private static final class Slot {
        private final ReentrantLock looking = new ReentrantLock();
        private volatile State state = new State(Optional.empty(), Instant.MIN);
    }

    private final KeyFetch fetch;
    private final Function<String, Optional<ClientKeys>> read;
    private final CryptoProviders crypto;
    private final InstantSource clock;
    private final Semaphore busy = new Semaphore(BUSY);
    private final Cache<String, Slot> slots =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    RemoteKeys(KeyFetch fetch, CryptoProviders crypto, InstantSource clock) {
        this(fetch, ClientKeys::readForeign, crypto, clock);
    }

    /// Those of others than clients.
    ///
    /// @param read what is there
    public RemoteKeys(
            KeyFetch fetch, Function<String, Optional<ClientKeys>> read, CryptoProviders crypto, InstantSource clock) {
        this.fetch = fetch;
        this.read = read;
        this.crypto = crypto;
        this.clock = clock;
    }

    /// The thumbprint of the key there that a JWS was signed under. Blocks when it has to look.
    ///
    /// @throws FactsUnavailable when nobody can tell now
    public Optional<String> signer(UnverifiedJws jws, String uri) {
        return told(
                uri, found -> found.keys().names(jws), found -> found.checks().apply(jws));
    }

    /// Whether a key is one of those there. Blocks when it has to look.
    ///
    /// @throws FactsUnavailable when nobody can tell now
    boolean holds(PublicKey key, String uri) {
        return told(uri, found -> found.keys().has(key), found -> found.keys().has(key));
    }

    /// @param knows whether what was found before is enough to go by
    private <T> T told(String uri, Predicate<Found> knows, Function<Found, T> answer) {
        Slot slot = slots.get(uri, _ -> new Slot());
        State before = slot.state;
        Optional<Found> good = before.found().filter(found -> younger(found, FRESH));
        if (good.isPresent() && (knows.test(good.get()) || !due(before))) {
            return answer.apply(good.get());
        }
        return answer.apply(looked(slot, before, uri)
                .filter(found -> younger(found, STALE))
                .orElseThrow(() -> new FactsUnavailable("the keys that a client keeps itself")));
    }

    private boolean younger(Found found, Duration than) {
        return clock.instant().isBefore(found.at().plus(than));
    }

    private boolean due(State state) {
        return state.looked().equals(Instant.MIN)
                || !clock.instant().isBefore(state.looked().plus(PAUSE));
    }

    /// What is found there now, or was before where looking fails or is not due. Who only waits for somebody else's
    /// look takes no turn.
    private Optional<Found> looked(Slot slot, State before, String uri) {
        if (!due(before)) {
            return before.found();
        }
        try {
            if (!slot.looking.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return before.found();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return before.found();
        }
        try {
            if (due(slot.state) && busy.tryAcquire()) {
                try {
                    slot.state = look(slot.state, uri);
                } finally {
                    busy.release();
                }
            }
            return slot.state.found();
        } finally {
            slot.looking.unlock();
        }
    }

    private State look(State before, String uri) {
        Optional<Found> found =
                fetch.fetch(uri).flatMap(read).map(keys -> new Found(clock.instant(), keys, keys.checking(crypto)));
        return new State(found.or(before::found), clock.instant());
    }
}
