package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.storage.feed.FactLoader;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts the keys that several threads ask for at about the same time into one query. Whoever opens a batch runs
/// its query; the others wait for it. A batch whose query was sent takes nobody in any more: an asker always gets
/// what was read after it asked.
final class Batches<K, V> {
    /// Queries at the same time, over all batches that share the permits (ADR 0001).
    static final int IN_FLIGHT = 4;

    private static final int MAX_WAITING = 4096;
    private static final long WINDOW_MICROS = 1_000;
    private static final long PATIENCE_MILLIS = 500;

    private static final class Batch<K, V> {
        final Set<K> keys = new LinkedHashSet<>();
        final CountDownLatch full = new CountDownLatch(1);
        final CompletableFuture<Map<K, V>> answer = new CompletableFuture<>();
    }

    private final Semaphore permits;
    private final Function<Collection<K>, Map<K, V>> query;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Batch<K, V> open;

    Batches(Semaphore permits, Function<Collection<K>, Map<K, V>> query) {
        this.permits = permits;
        this.query = query;
    }

    /// What the query gave for one key; empty when it left the key out.
    ///
    /// @throws FactsUnavailable when too many are waiting, or nothing came in time
    Optional<V> ask(K key) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            throw new FactsUnavailable("too many are waiting for facts");
        }
        try {
            return Optional.ofNullable(answer(key).get(key));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FactsUnavailable("interrupted while waiting for facts", e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /// Asks for some at once, at most as many as one query takes, in a query of their own.
    ///
    /// @throws FactsUnavailable when nothing came in time
    void askAll(Collection<K> keys) {
        Batch<K, V> batch = new Batch<>();
        batch.keys.addAll(keys);
        batch.full.countDown();
        try {
            run(batch);
            var _ = outcome(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FactsUnavailable("interrupted while waiting for facts", e);
        }
    }

    private Map<K, V> answer(K key) throws InterruptedException {
        Batch<K, V> batch;
        boolean opened;
        lock.lock();
        try {
            opened = open == null;
            batch = open == null ? new Batch<>() : open;
            batch.keys.add(key);
            open = batch;
            if (batch.keys.size() == FactLoader.MAX_IDS) {
                open = null;
                batch.full.countDown();
            }
        } finally {
            lock.unlock();
        }
        if (opened) {
            run(batch);
        }
        return outcome(batch);
    }

    private void run(Batch<K, V> batch) throws InterruptedException {
        boolean permitted = false;
        try {
            if (permits.availablePermits() < IN_FLIGHT) {
                // Waiting for company is worth it only when the database is busy with others.
                boolean _ = batch.full.await(WINDOW_MICROS, TimeUnit.MICROSECONDS);
            }
            permitted = permits.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            close(batch);
            if (!permitted) {
                throw new FactsUnavailable("the database is busy with other facts");
            }
            batch.answer.complete(query.apply(batch.keys));
        } catch (FactsUnavailable e) {
            batch.answer.completeExceptionally(e);
        } finally {
            close(batch);
            batch.answer.completeExceptionally(new FactsUnavailable("reading facts failed"));
            if (permitted) {
                permits.release();
            }
        }
    }

    private void close(Batch<K, V> batch) {
        lock.lock();
        try {
            if (open == batch) {
                open = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Map<K, V> outcome(Batch<K, V> batch) throws InterruptedException {
        try {
            return batch.answer.get(4 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new FactsUnavailable("facts could not be read", e);
        } catch (TimeoutException e) {
            throw new FactsUnavailable("facts did not come in time", e);
        }
    }
}
