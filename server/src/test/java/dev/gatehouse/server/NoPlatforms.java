package dev.gatehouse.server;

import dev.gatehouse.core.store.ConnectionStore;
import dev.gatehouse.egress.EgressListener;
import dev.gatehouse.egress.Resolver;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.server.config.NodeConfig;
import dev.gatehouse.server.connect.ConnectionCalls;
import dev.gatehouse.server.connect.Outbound;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The platforms of a test that has nothing to do with them: those that come with Gatehouse.
public final class NoPlatforms {
    private NoPlatforms() {}

    /// Everything that has to do with them.
    public static Outbound outbound(ConnectionStore store, Custody custody, InstantSource clock) {
        return Outbound.open(
                new NodeConfig.Outbound(List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                store,
                clock,
                custody,
                Resolver.SYSTEM,
                System::nanoTime,
                new SecureRandom(),
                _ -> EgressListener.NONE);
    }

    /// Calls to them.
    public static ConnectionCalls calls(ConnectionStore store, Custody custody, InstantSource clock) {
        return new ConnectionCalls(store, outbound(store, custody, clock).proxy());
    }
}
