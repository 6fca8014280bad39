package dev.gatehouse.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All exchanges that wait for one of their ends. There are at most a few for each stream of each connection.
final class OpenExchanges {
    private static final Logger LOG = LoggerFactory.getLogger(OpenExchanges.class);

    private final Set<OpenExchange> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();

    void add(OpenExchange exchange) {
        open.add(exchange);
    }

    void remove(OpenExchange exchange) {
        open.remove(exchange);
    }

    int size() {
        return open.size();
    }

    void expire(long nanos) {
        open.forEach(exchange -> expire(exchange, nanos));
    }

    /// One that fails keeps no other from its end.
    private static void expire(OpenExchange exchange, long nanos) {
        try {
            exchange.expire(nanos);
        } catch (RuntimeException e) {
            LOG.error("an open exchange could not be ended", e);
        }
    }

    /// Asks all open exchanges again, on a thread that may block; a question that comes while one is waiting to
    /// begin is the same question.
    void recheck() {
        if (!open.isEmpty() && asked.compareAndSet(false, true)) {
            Thread.ofVirtual().name("gatehouse-recheck").start(() -> {
                asked.set(false);
                open.forEach(OpenExchanges::recheck);
            });
        }
    }

    private static void recheck(OpenExchange exchange) {
        try {
            exchange.recheck();
        } catch (RuntimeException e) {
            LOG.error("an open exchange could not be asked again", e);
        }
    }
}
