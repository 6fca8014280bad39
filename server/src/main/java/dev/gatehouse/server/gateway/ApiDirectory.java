package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.http.HttpFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells which Api a request is for: by the listener when the listener is one Api's own, otherwise by host name.
/// A host that nobody declared belongs to no Api (421), so that links and decisions never rest on a name that a
/// caller made up.
final class ApiDirectory {
    private record Index(List<Api> of, Map<String, Api> byListener, Map<String, Api> byHost) {
        static Index build(List<Api> apis) {
            Map<String, Api> byListener = new HashMap<>();
            Map<String, Api> byHost = new HashMap<>();
            for (Api api : apis) {
                api.listener().ifPresent(listener -> byListener.put(listener, api));
                api.hosts().forEach(host -> byHost.put(host, api));
            }
            return new Index(apis, Map.copyOf(byListener), Map.copyOf(byHost));
        }
    }

    private final FactSource facts;
    private final Map<String, Set<String>> ownNames;
    private volatile Index index = Index.build(List.of());

    /// @param ownNames the host names, without port, under which each listener can be reached by its address
    ///     alone
    ApiDirectory(FactSource facts, Map<String, Set<String>> ownNames) {
        this.facts = facts;
        this.ownNames = Map.copyOf(ownNames);
    }

    Optional<Api> find(HttpFacts head) {
        Index now = current();
        Optional<Api> own = Optional.ofNullable(now.byListener().get(head.listener()));
        if (own.isEmpty()) {
            return Optional.ofNullable(now.byHost().get(head.host()));
        }
        return own.filter(api -> api.hosts().contains(head.host())
                || ownNames.getOrDefault(head.listener(), Set.of()).contains(withoutPort(head.host())));
    }

    /// The Api of a host name, whatever listener it is bound to.
    Optional<Api> named(String host) {
        return Optional.ofNullable(current().byHost().get(host));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    @SuppressWarnings("ReferenceEquality") // the same snapshot, not equal contents
    private Index current() {
        List<Api> apis = facts.apis();
        Index known = index;
        if (known.of() == apis) {
            return known;
        }
        Index built = Index.build(apis);
        index = built;
        return built;
    }
}
