package dev.gatehouse.storage.facts;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All Apis, whole in memory. They change seldom: the first reader after a change reads them again while the
/// others wait for it.
final class ApiFacts {
    private record Known(List<Api> list, Map<Id, Api> byId) {}

    private static final int TRIES = 8;

    private final FactLoader loader;
    private final ReentrantLock reading = new ReentrantLock();
    private final Object guard = new Object();
    private long drops;
    private volatile @Nullable Known known;

    ApiFacts(FactLoader loader) {
        this.loader = loader;
    }

    List<Api> list() {
        return current().list();
    }

    Optional<Api> one(Id id) {
        return Optional.ofNullable(current().byId().get(id));
    }

    void drop() {
        synchronized (guard) {
            drops++;
            known = null;
        }
    }

    private Known current() {
        Known held = known;
        return held == null ? read() : held;
    }

    private Known read() {
        reading.lock();
        try {
            for (int i = 0; i < TRIES; i++) {
                Known held = known;
                if (held != null) {
                    return held;
                }
                long before = drops();
                List<Api> list = List.copyOf(loader.apis());
                keep(before, new Known(list, list.stream().collect(Collectors.toMap(Api::id, Function.identity()))));
            }
        } finally {
            reading.unlock();
        }
        throw new FactsUnavailable("the Apis change faster than they can be read");
    }

    private long drops() {
        synchronized (guard) {
            return drops;
        }
    }

    private void keep(long before, Known read) {
        synchronized (guard) {
            if (drops == before) {
                known = read;
            }
        }
    }
}
