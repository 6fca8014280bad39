package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.NodeStatus;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.ChangeListener;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.LiveFacts;
import dev.gatehouse.storage.feed.LocalFeed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The facts of a database that this process has for itself. Members are dropped after a change's commit and
/// before its writer is answered. Apis and keys are read again in that time too; when that fails, or when a
/// change could not be applied, nothing is fresh until it was made good, which a thread of its own keeps trying.
public final class LocalFacts implements LiveFacts, ChangeListener, Freshness {
    private static final System.Logger LOG = System.getLogger(LocalFacts.class.getName());
    private static final Duration RETRY = Duration.ofMillis(250);

    private final MemoryFacts memory;
    private final LiveSource source;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final Id self;
    private final long format;
    private final AtomicLong misses = new AtomicLong();
    private volatile long madeGood;
    private final Thread mending;
    private volatile boolean closed;

    private LocalFacts(MemoryFacts memory, LongSupplier nanos, InstantSource clock, Id self, long format) {
        this.memory = memory;
        this.nanos = nanos;
        this.clock = clock;
        this.self = self;
        this.format = format;
        this.source = new LiveSource(memory, this);
        this.mending = Thread.ofVirtual().name("gatehouse-facts").unstarted(this::mend);
    }

    /// Facts that follow a feed from now on.
    ///
    /// @param self what this process is called
    /// @param format the newest format that this release writes
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when what is held whole cannot be read
    public static LocalFacts open(
            FactLoader loader,
            LocalFeed feed,
            FactBounds bounds,
            LongSupplier nanos,
            InstantSource clock,
            Id self,
            long format) {
        MemoryFacts memory = new MemoryFacts(loader, bounds, nanos, clock);
        LocalFacts facts = new LocalFacts(memory, nanos, clock, self, format);
        feed.listen(facts);
        memory.restart();
        facts.mending.start();
        return facts;
    }

    @Override
    public void apply(List<Change> changes) {
        memory.apply(changes);
        if (memory.behind()) {
            LockSupport.unpark(mending);
        }
    }

    @Override
    public void missed() {
        misses.incrementAndGet();
        LockSupport.unpark(mending);
    }

    @Override
    public FactSource source() {
        return source;
    }

    @Override
    public boolean fresh(long arrivedNanos) {
        return madeGood == misses.get() && !memory.failed();
    }

    @Override
    public void catchUp() {
        memory.catchUp();
    }

    /// Returns when Apis and keys were read again, or that has failed: then nothing is fresh, so the write can be
    /// answered.
    @Override
    public void awaitHere(long position) {
        try {
            memory.catchUp();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a change cannot be read yet; nothing is decided until it was", e);
            LockSupport.unpark(mending);
        }
    }

    @Override
    public Receipt awaitEverywhere(long position) {
        long from = nanos.getAsLong();
        awaitHere(position);
        return Receipt.alone(source.applied(), Duration.ofNanos(nanos.getAsLong() - from));
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public boolean allKnow(long asked) {
        return asked <= format;
    }

    @Override
    public List<NodeStatus> nodes() {
        return List.of(new NodeStatus(
                self, true, NodeStatus.State.LIVE, Long.toString(source.applied()), format, Duration.ZERO));
    }

    private void mend() {
        while (!closed) {
            if (madeGood == misses.get() && !memory.behind()) {
                LockSupport.park();
            } else if (!mended()) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private boolean mended() {
        try {
            long before = misses.get();
            if (madeGood == before) {
                memory.catchUp();
            } else {
                memory.restart();
                madeGood = before;
            }
            return true;
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.DEBUG, "not yet", e);
            return false;
        }
    }

    @Override
    public int ended() {
        return memory.dead.size();
    }

    @Override
    public void onKeysChanged(Runnable listener) {
        memory.keyReads.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(mending);
    }
}
