package dev.gatehouse.server;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.UnusedClientStore;
import dev.gatehouse.oauth.registration.ClientUses;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends clients that registered themselves and that nobody uses, where an Api says after which time; a few at a
/// time, each as if it were deleted. Whoever gets tokens for itself is spared: its use is not written down.
final class UnusedClients implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnusedClients.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Store store;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    UnusedClients(Store store) {
        this.store = store;
        this.thread = Thread.ofVirtual().name("unused-clients").start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            for (Api api : store.facts().apis()) {
                api.clients().registration().flatMap(RegistrationPolicy::unused).ifPresent(time -> end(api, time));
            }
        } catch (FactsUnavailable e) {
            LOG.debug("clients that nobody uses are looked at later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("clients that nobody uses cannot be looked at", e);
        }
    }

    private void end(Api api, Duration time) {
        Instant now = store.clock().instant();
        Instant before = now.minus(time).minus(ClientUses.NOTED);
        UnusedClientStore clients = store.unusedClients();
        for (Id client : clients.unused(api.id(), before, UnusedClientStore.SWEPT)) {
            Optional<Application> application = store.members().application(client);
            if (application.filter(UnusedClients::byItself).isPresent()) {
                var _ = clients.used(client, now);
            } else {
                var _ = clients.expire(client, before, Act.system("unused-clients", now));
            }
        }
    }

    private static boolean byItself(Application application) {
        Predicate<GrantType> uses = application.terms()::uses;
        return uses.test(GrantType.CLIENT_CREDENTIALS)
                || uses.test(GrantType.TOKEN_EXCHANGE)
                || uses.test(GrantType.JWT_BEARER);
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
