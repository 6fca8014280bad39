package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.ChangeListener;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.FactLoader.Dead;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// All that is held in memory: members, Apis, the dead set.
final class MemoryFacts implements ChangeListener {
    private static final int ADDITIONS_A_SWEEP = 1024;

    final FactCache members;
    final Filler filler;
    final ApiFacts apis;
    final DeadSet dead;
    private final FactLoader loader;
    private final FactBounds bounds;
    private final InstantSource clock;
    private int addedSinceSweep;

    MemoryFacts(FactLoader loader, FactBounds bounds, LongSupplier nanos, InstantSource clock) {
        this.members = new FactCache(bounds, nanos);
        this.filler = new Filler(members, loader);
        this.apis = new ApiFacts(loader);
        this.dead = new DeadSet(clock);
        this.loader = loader;
        this.bounds = bounds;
        this.clock = clock;
    }

    /// Reads what is held whole; before serving.
    void loadWhole() {
        List<Dead> all = loader.dead(clock.instant(), bounds.dead() + 1);
        if (all.size() > bounds.dead()) {
            throw new FactsUnavailable("the dead set is larger than " + bounds.dead());
        }
        dead.add(all);
        apis.list();
    }

    /// Applied by one thread at a time.
    @Override
    public void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change.kind() == Kind.TOKEN) {
                dead.add(change.named());
                addedSinceSweep++;
            } else if (change.kind() == Kind.API || change.kind() == Kind.ROUTE) {
                apis.drop();
            }
        }
        members.apply(changes);
        if (addedSinceSweep >= ADDITIONS_A_SWEEP) {
            addedSinceSweep = 0;
            dead.sweep();
        }
    }

    /// Drops everything but the dead set, which only grows.
    void dropAll() {
        apis.drop();
        members.dropAll();
    }
}
