package dev.gatehouse.egress;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Who may be on the way at once: so many to one place, so many in all. Others wait until their deadline; too
/// many that wait for one place are turned away.
final class Turns {
    /// For each that is on the way, so many may wait.
    private static final int WAITING = 8;

    private static final class Place {
        final Semaphore free;
        final AtomicInteger users = new AtomicInteger();

        Place(int permits) {
            free = new Semaphore(permits, true);
        }
    }

    /// Somebody's turn, until it is closed.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Semaphore all;
    private final int perPlace;

    Turns(int perPlace, int inAll) {
        this.perPlace = perPlace;
        this.all = new Semaphore(inAll, true);
    }

    /// A turn at a place; empty when none came up in time.
    Optional<Turn> take(String name, Deadline deadline) {
        Place place = enter(name);
        try {
            if (place.users.get() <= perPlace * (1 + WAITING) && acquired(place.free, deadline)) {
                if (acquired(all, deadline)) {
                    return Optional.of(() -> {
                        all.release();
                        place.free.release();
                        leave(name);
                    });
                }
                place.free.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave(name);
        return Optional.empty();
    }

    private static boolean acquired(Semaphore semaphore, Deadline deadline) throws InterruptedException {
        return semaphore.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS);
    }

    private Place enter(String name) {
        return places.compute(name, (_, there) -> {
            Place place = there == null ? new Place(perPlace) : there;
            place.users.incrementAndGet();
            return place;
        });
    }

    private void leave(String name) {
        places.computeIfPresent(name, (_, place) -> place.users.decrementAndGet() == 0 ? null : place);
    }

    /// How many places are in use.
    int places() {
        return places.size();
    }
}
