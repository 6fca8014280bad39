package dev.gatehouse.oauth.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Signed requests that a client keeps at a URL (OpenID Connect Core section 6.2, RFC 9101 section 5.2):
/// fetched from where the client registered and nowhere else, each time anew, so that a fragment that tells
/// states of them apart has nothing to tell here. Anybody can have that done who knows a client's name, so few
/// are fetched at once for one client and for all of one organization, where clients that register themselves
/// come to be; and where there was nothing nobody looks again for a while. Blocks.
public final class RequestReferences {
    /// Goes nowhere.
    public static final RequestReferences NONE =
            new RequestReferences(_ -> new Got.Nothing("nothing is fetched here"), InstantSource.system());

    /// How long nobody looks again where nothing was.
    public static final Duration PAUSE = Duration.ofSeconds(10);

    /// How many are fetched at the same time.
    private static final int IN_ALL = 16;

    private static final int OF_ORGANIZATION = 8;
    private static final int OF_CLIENT = 2;

    /// How many places are remembered where nothing was.
    private static final int REMEMBERED = 10_000;

    /// What fetching gave.
    public sealed interface Got {
        /// A text that may be a signed request.
        record Text(String text) implements Got {}

        /// Nothing, and why.
        record Nothing(String why) implements Got {}

        /// Too many are being fetched: nobody looked.
        record Later() implements Got {}
    }

    /// Gets what is at an address, within seconds, with no more than [RequestObject#MAX_LENGTH] bytes.
    @FunctionalInterface
    public interface Fetch {
        /// Blocks.
        Got fetch(String address);
    }

    private record Place(Id client, String uri) {}

    private final Fetch fetch;
    private final InstantSource clock;
    private final Semaphore busy = new Semaphore(IN_ALL);
    private final Map<Id, Integer> under = new ConcurrentHashMap<>();
    private final Cache<Place, Instant> pauses =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /// @param fetch goes there
    public RequestReferences(Fetch fetch, InstantSource clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    /// Whether a client keeps signed requests there.
    public static boolean registered(String uri, Application client) {
        return client.terms().openId().requestUris().contains(uri);
    }

    /// What a client keeps there.
    public Got fetch(String uri, Application client) {
        if (!registered(uri, client)) {
            return new Got.Nothing("the client did not register this request_uri");
        }
        Place place = new Place(client.id(), uri);
        Instant paused = pauses.getIfPresent(place);
        if (paused != null && clock.instant().isBefore(paused)) {
            return new Got.Nothing("nothing that could be a request was found at request_uri a moment ago");
        }
        Got got = inTurn(uri, client);
        if (got instanceof Got.Nothing) {
            pauses.put(place, clock.instant().plus(PAUSE));
        }
        return got;
    }

    private Got inTurn(String uri, Application client) {
        if (!entered(client.id(), OF_CLIENT)) {
            return new Got.Later();
        }
        try {
            if (!entered(client.organization(), OF_ORGANIZATION)) {
                return new Got.Later();
            }
            try {
                return inAll(uri);
            } finally {
                leave(client.organization());
            }
        } finally {
            leave(client.id());
        }
    }

    private Got inAll(String uri) {
        if (!busy.tryAcquire()) {
            return new Got.Later();
        }
        try {
            int hash = uri.indexOf('#');
            return fetch.fetch(hash < 0 ? uri : uri.substring(0, hash));
        } finally {
            busy.release();
        }
    }

    private boolean entered(Id who, int most) {
        boolean room = under.merge(who, 1, Integer::sum) <= most;
        if (!room) {
            leave(who);
        }
        return room;
    }

    private void leave(Id who) {
        under.computeIfPresent(who, (_, there) -> there == 1 ? null : there - 1);
    }
}
