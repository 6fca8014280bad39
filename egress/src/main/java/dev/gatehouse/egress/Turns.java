package dev.gatehouse.egress;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Who may be on the way at once: so many to one place, so many in all. Nobody waits for a turn, because whoever
/// waits holds what others need: one too many is turned away.
///
/// @param <P> what a place is told by
public final class Turns<P> {
    /// Somebody's turn, until it is closed.
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private final Map<P, Integer> places = new ConcurrentHashMap<>();
    private final Semaphore all;
    private final int perPlace;

    /// As many as that.
    public Turns(int perPlace, int inAll) {
        this.perPlace = perPlace;
        this.all = new Semaphore(inAll);
    }

    /// A turn at a place; empty when too many have one.
    public Optional<Turn> take(P place) {
        if (!entered(place)) {
            return Optional.empty();
        }
        if (!all.tryAcquire()) {
            leave(place);
            return Optional.empty();
        }
        return Optional.of(() -> {
            all.release();
            leave(place);
        });
    }

    private boolean entered(P place) {
        while (true) {
            Integer there = places.putIfAbsent(place, 1);
            if (there == null) {
                return true;
            }
            if (there >= perPlace) {
                return false;
            }
            if (places.replace(place, there, there + 1)) {
                return true;
            }
        }
    }

    private void leave(P place) {
        places.computeIfPresent(place, (_, there) -> there == 1 ? null : there - 1);
    }

    /// How many places are in use.
    int places() {
        return places.size();
    }
}
