package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.LiveFacts;
import dev.gatehouse.storage.feed.LocalFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The facts of a database that this process has for itself. Every change is applied after its commit and before
/// its writer is answered, so they are always fresh and there is nobody to wait for.
public final class LocalFacts implements LiveFacts, Freshness {
    private static final Duration RETRY = Duration.ofMillis(250);

    private final LiveSource source;
    private final KeyWatch keys = new KeyWatch();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private volatile boolean closed;

    private LocalFacts(MemoryFacts memory) {
        this.source = new LiveSource(memory, this);
    }

    /// Facts that follow a feed from now on.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when what is held whole cannot be read
    public static LocalFacts open(
            FactLoader loader, LocalFeed feed, FactBounds bounds, LongSupplier nanos, InstantSource clock) {
        MemoryFacts memory = new MemoryFacts(loader, bounds, nanos, clock);
        LocalFacts facts = new LocalFacts(memory);
        feed.listen(facts::apply);
        memory.loadWhole();
        return facts;
    }

    private void apply(List<Change> changes) {
        source.memory().apply(changes);
        if (changes.stream().anyMatch(change -> change.kind() == Kind.KEY)) {
            keys.changed();
        }
    }

    @Override
    public FactSource source() {
        return source;
    }

    @Override
    public boolean fresh(long arrivedNanos) {
        return !keys.failed();
    }

    @Override
    public void catchUp() {
        awaitHere(0);
    }

    /// On this thread, which has just written, whoever holds keys reads them again. When that fails nothing is
    /// decided until it was made good.
    @Override
    public void awaitHere(long position) {
        try {
            keys.catchUp();
        } catch (FactsUnavailable e) {
            if (retrying.compareAndSet(false, true)) {
                Thread.ofVirtual().name("gatehouse-keys").start(this::retry);
            }
            throw e;
        }
    }

    @Override
    public void awaitEverywhere(long position) {
        awaitHere(position);
    }

    private void retry() {
        boolean done = false;
        while (!done && !closed) {
            LockSupport.parkNanos(RETRY.toNanos());
            done = retried();
        }
        retrying.set(false);
    }

    private boolean retried() {
        try {
            keys.catchUp();
            return true;
        } catch (FactsUnavailable e) {
            return false;
        }
    }

    @Override
    public void onKeysChanged(Runnable listener) {
        keys.add(listener);
    }

    @Override
    public void close() {
        closed = true;
    }
}
