package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.id.Id;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one caller at a time look after a connection. Nobody waits for another connection, whose platform may be
/// slow.
final class OneAtATime {
    /// What a caller does meanwhile.
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    private static final class Place {
        final ReentrantLock lock = new ReentrantLock();
        int users;
    }

    private final Map<Id, Place> places = new ConcurrentHashMap<>();
    private final Semaphore waiting;

    /// @param waiting a permit of it is held by whoever waits
    OneAtATime(Semaphore waiting) {
        this.waiting = waiting;
    }

    /// Does the work as the only one at this connection; empty when others took longer than that, or too many
    /// wait already.
    <T> Optional<T> run(Id connection, long nanos, Work<T> work) throws InterruptedException {
        Place place = places.compute(connection, (_, there) -> {
            Place used = there == null ? new Place() : there;
            used.users++;
            return used;
        });
        try {
            if (!place.lock.tryLock() && !waited(place.lock, nanos)) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.run());
            } finally {
                place.lock.unlock();
            }
        } finally {
            places.computeIfPresent(connection, (_, used) -> --used.users == 0 ? null : used);
        }
    }

    private boolean waited(ReentrantLock lock, long nanos) throws InterruptedException {
        if (nanos <= 0 || !waiting.tryAcquire()) {
            return false;
        }
        try {
            return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } finally {
            waiting.release();
        }
    }
}
