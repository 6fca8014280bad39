package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The renewals of this node that are under way, each in a thread of its own, so that none is lost with the
/// request that asked for it.
final class UnderWay {
    private static final int MOST = Integer.MAX_VALUE;

    /// A renewal.
    @FunctionalInterface
    interface Work {
        /// Does it.
        ///
        /// @param told may be completed before the work is over, when whoever asked is not to wait for all
        Optional<Usable> run(CompletableFuture<Optional<Usable>> told) throws InterruptedException;
    }

    private final Set<Id> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore running = new Semaphore(MOST);
    private volatile boolean left;

    /// Does the work and returns what came of it, or of its first part.
    Optional<Usable> run(Id connection, Work work) throws InterruptedException {
        if (left || !running.tryAcquire()) {
            return Optional.of(new Usable.Unavailable("this node stops", Duration.ofSeconds(1)));
        }
        CompletableFuture<Optional<Usable>> told = new CompletableFuture<>();
        connections.add(connection);
        Thread.ofVirtual().name("renewal").start(() -> done(connection, work, told));
        try {
            return told.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException broken -> throw broken;
                case Error fatal -> throw fatal;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void done(Id connection, Work work, CompletableFuture<Optional<Usable>> told) {
        Runnable tell;
        try {
            Optional<Usable> came = work.run(told);
            tell = () -> told.complete(came);
        } catch (InterruptedException | RuntimeException | Error e) {
            tell = () -> told.completeExceptionally(e);
        }
        connections.remove(connection);
        running.release();
        tell.run();
    }

    /// Whether one of this connection is.
    boolean at(Id connection) {
        return connections.contains(connection);
    }

    /// Begins nothing more and waits for what is under way, but no longer than that.
    void leave(Duration longest) {
        left = true;
        try {
            var _ = running.tryAcquire(MOST, longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
