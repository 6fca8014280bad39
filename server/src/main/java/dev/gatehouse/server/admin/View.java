package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What showing a noun needs to know besides the noun.
///
/// @param apis all Apis
/// @param provider whether the caller belongs to the root organization
record View(List<Api> apis, boolean provider, Instant now) {
    /// For objects inside a noun that need to know nothing.
    static final View NONE = new View(List.of(), false, Instant.EPOCH);

    /// The same, some time later.
    View at(Instant later) {
        return new View(apis, provider, later);
    }

    Optional<Api> api(String name) {
        return apis.stream().filter(api -> api.name().equals(name)).findFirst();
    }

    Optional<Api> api(Id id) {
        return apis.stream().filter(api -> api.id().equals(id)).findFirst();
    }

    Catalogue catalogue(Id api) {
        return api(api).map(Api::catalogue).orElse(Catalogue.EMPTY);
    }

    /// What is left of rights: Apis and scopes that are no more give nothing.
    Rights known(Rights rights) {
        Map<Id, Scopes> byApi = new HashMap<>();
        rights.byApi()
                .forEach((id, scopes) -> byApi.put(
                        id,
                        Scopes.of(scopes.list().stream()
                                .filter(catalogue(id)::knows)
                                .toList())));
        return new Rights(byApi);
    }

    /// Rights by the names of the Apis.
    Map<String, Scopes> named(Rights rights) {
        Map<String, Scopes> named = new TreeMap<>();
        rights.byApi().forEach((id, scopes) -> api(id).ifPresent(api -> named.put(api.name(), scopes)));
        return named;
    }

    /// The reverse of [#named(Rights)], for what a caller asks: every Api and scope must be there.
    Got<Rights> rights(String at, Map<String, Scopes> named) {
        Map<Id, Scopes> byApi = new TreeMap<>(Comparator.comparing(Id::text));
        for (Map.Entry<String, Scopes> entry : named.entrySet()) {
            Optional<Api> api = api(entry.getKey());
            if (api.isEmpty()) {
                return Got.no(new Problem.InvalidField(at, "an object of Api names; " + entry.getKey() + " is none"));
            }
            for (String scope : entry.getValue().list()) {
                if (!api.get().catalogue().knows(scope)) {
                    return Got.no(new Problem.InvalidField(
                            at + "." + entry.getKey(), "scopes of that Api; it does not know " + scope));
                }
            }
            byApi.put(api.get().id(), entry.getValue());
        }
        return Got.of(new Rights(byApi));
    }
}
