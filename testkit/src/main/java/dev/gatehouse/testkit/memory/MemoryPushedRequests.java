package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.PushedRequestStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Pushed authorization requests, in memory.
record MemoryPushedRequests(Writes writes) implements PushedRequestStore {
    /// One that waits, or one that was answered.
    record Kept(Pushed request, boolean used) {}

    @Override
    public boolean push(Pushed request, Instant now) {
        return writes.change(tables -> {
            sweep(tables, now);
            long waiting = tables.pushedRequests.values().stream()
                    .filter(kept -> !kept.used() && kept.request().application().equals(request.application()))
                    .count();
            return waiting < MAX_WAITING
                    && tables.pushedRequests.putIfAbsent(request.digest(), new Kept(stored(request), false)) == null;
        });
    }

    private static Pushed stored(Pushed request) {
        return new Pushed(
                request.digest(),
                request.api(),
                request.application(),
                request.parameters(),
                Micros.of(request.until()));
    }

    private static void sweep(Tables tables, Instant now) {
        tables.pushedRequests.values().removeIf(kept -> !kept.request().until().isAfter(now));
    }

    @Override
    public Optional<Pushed> waiting(List<Digest> digests, Id api, Instant now) {
        return digests.stream()
                .flatMap(digest ->
                        Optional.ofNullable(writes.now().pushedRequests.get(digest)).stream())
                .filter(kept -> !kept.used())
                .map(Kept::request)
                .filter(request -> request.api().equals(api) && now.isBefore(request.until()))
                .findFirst();
    }

    /// Uses up a request; false when it was before.
    static boolean use(Tables tables, Pushed answered) {
        Kept kept = tables.pushedRequests.get(answered.digest());
        if (kept != null && kept.used()) {
            return false;
        }
        tables.pushedRequests.put(answered.digest(), new Kept(stored(answered), true));
        return true;
    }
}
