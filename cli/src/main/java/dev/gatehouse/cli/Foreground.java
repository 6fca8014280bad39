package dev.gatehouse.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server in the foreground of its process.
final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    private Foreground() {}

    /// Waits for the signal that ends the process (INT, TERM) and closes the server before it does.
    static void untilStopped(AutoCloseable server) {
        CountDownLatch closed = new CountDownLatch(1);
        Thread close = new Thread(
                () -> {
                    try {
                        server.close();
                    } catch (Exception e) {
                        LOG.warn("closing failed", e);
                    } finally {
                        Logs.end();
                        closed.countDown();
                    }
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(close);
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
