package dev.gatehouse.oauth.registration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.UnusedClientStore;
import java.time.Duration;
import java.time.Instant;

/// Takes note of clients that are used, where those that nobody uses end: written down before the client gets
/// anything, once in a while by each node.
public final class ClientUses {
    /// How long a use that was noted stands for all others. Whoever ends clients waits so much longer.
    public static final Duration NOTED = Duration.ofHours(1);

    private static final int KEPT = 10_000;

    private final UnusedClientStore store;
    private final Cache<Id, Instant> noted =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    ClientUses(UnusedClientStore store) {
        this.store = store;
    }

    /// False when the client has ended. Blocks.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean noted(Application client, Api api, Instant now) {
        if (api.clients().registration().flatMap(RegistrationPolicy::unused).isEmpty()) {
            return true;
        }
        Instant last = noted.getIfPresent(client.id());
        if (last != null && now.isBefore(last.plus(NOTED))) {
            return true;
        }
        boolean stands = store.used(client.id(), now);
        if (stands) {
            noted.put(client.id(), now);
        }
        return stands;
    }
}
