package dev.gatehouse.storage.facts;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.FactLoader.DomainKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All Apis, the pages of domain keys at each, and who else says who people are, whole in memory. Looking at them
/// never waits: they are read again where a change to them is applied.
final class ApiFacts {
    /// The most domain keys whose pages are known; more than there may be, which writers that race may pass by a
    /// few.
    private static final int MOST_DOMAIN_KEYS = MemberStore.MAX_ALL_DOMAIN_KEYS + 1_000;

    private static final System.Logger LOG = System.getLogger(ApiFacts.class.getName());

    private record Known(
            List<Api> list, Map<Id, Api> byId, Map<Id, OriginSet> pages, List<IdentityProvider> providers) {}

    private final FactLoader loader;
    private volatile Known known = new Known(List.of(), Map.of(), Map.of(), List.of());

    ApiFacts(FactLoader loader) {
        this.loader = loader;
    }

    List<Api> list() {
        return known.list();
    }

    Optional<Api> one(Id id) {
        return Optional.ofNullable(known.byId().get(id));
    }

    OriginSet pages(Id api) {
        return known.pages().getOrDefault(api, OriginSet.NONE);
    }

    List<IdentityProvider> providers() {
        return known.providers();
    }

    /// Reads all of them; by one thread at a time, so that no older list replaces a newer one.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer; the list stays as it
    /// was
    void read() {
        List<Api> list = List.copyOf(loader.apis());
        known = new Known(
                list,
                list.stream().collect(Collectors.toMap(Api::id, Function.identity())),
                read(loader),
                List.copyOf(loader.providers()));
    }

    private static Map<Id, OriginSet> read(FactLoader loader) {
        List<DomainKey> keys = loader.domainKeys(MOST_DOMAIN_KEYS + 1);
        if (keys.size() > MOST_DOMAIN_KEYS) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "there are more than {0} domain keys: preflights for the pages of the others are refused",
                    MOST_DOMAIN_KEYS);
        }
        Map<Id, Set<OriginPattern>> byApi = new HashMap<>();
        for (DomainKey key : keys.subList(0, Math.min(keys.size(), MOST_DOMAIN_KEYS))) {
            for (Id api : key.apis()) {
                byApi.computeIfAbsent(api, _ -> new LinkedHashSet<>()).addAll(key.origins());
            }
        }
        return byApi.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> OriginSet.of(entry.getValue())));
    }
}
