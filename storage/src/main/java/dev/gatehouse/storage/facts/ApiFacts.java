package dev.gatehouse.storage.facts;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All Apis, whole in memory. Looking at them never waits: they are read again where a change to them is applied.
final class ApiFacts {
    private record Known(List<Api> list, Map<Id, Api> byId) {}

    private final FactLoader loader;
    private volatile Known known = new Known(List.of(), Map.of());

    ApiFacts(FactLoader loader) {
        this.loader = loader;
    }

    List<Api> list() {
        return known.list();
    }

    Optional<Api> one(Id id) {
        return Optional.ofNullable(known.byId().get(id));
    }

    /// Reads all of them; by one thread at a time, so that no older list replaces a newer one.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer; the list stays as it
    /// was
    void read() {
        List<Api> list = List.copyOf(loader.apis());
        known = new Known(list, list.stream().collect(Collectors.toMap(Api::id, Function.identity())));
    }
}
