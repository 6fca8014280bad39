package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.store.Lease;
import java.time.Duration;
import java.util.function.Predicate;

/// Lengthens a lease while a platform takes its time.
final class Keeper implements AutoCloseable {
    private final Thread thread;

    /// @param renewed lengthens the lease; false when it is lost, after which there is nothing to keep
    Keeper(Lease lease, Duration every, Pause pause, Predicate<Lease> renewed) {
        this.thread = Thread.ofVirtual().name("lease-keeper").start(() -> keep(lease, every, pause, renewed));
    }

    private static void keep(Lease lease, Duration every, Pause pause, Predicate<Lease> renewed) {
        try {
            do {
                pause.of(every);
            } while (!Thread.currentThread().isInterrupted() && renewed.test(lease));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Leaves the lease as it is.
    @Override
    public void close() {
        thread.interrupt();
    }
}
