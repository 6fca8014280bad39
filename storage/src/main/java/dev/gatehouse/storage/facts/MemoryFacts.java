package dev.gatehouse.storage.facts;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.storage.feed.Change;
import dev.gatehouse.storage.feed.FactLoader;
import dev.gatehouse.storage.feed.FactLoader.Dead;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/// All that is held in memory: members on demand; Apis with identity providers, the dead set and, by those who use
/// them, keys whole.
final class MemoryFacts {
    private static final int ADDITIONS_A_SWEEP = 1024;

    final FactCache members;
    final Filler filler;
    final ApiFacts apis;
    final DeadSet dead;
    final Rereads apiReads = new Rereads();
    final Rereads keyReads = new Rereads();
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
        apiReads.add(apis::read);
    }

    /// Drops members and reads anew what is held whole: before serving, and when changes may have been missed.
    /// The dead set only grows.
    ///
    /// @throws FactsUnavailable when it cannot be read
    void restart() {
        members.dropAll();
        List<Dead> all = loader.dead(clock.instant(), bounds.dead() + 1);
        if (all.size() > bounds.dead()) {
            throw new FactsUnavailable("the dead set is larger than " + bounds.dead());
        }
        dead.add(all);
        apiReads.changed();
        keyReads.changed();
        catchUp();
    }

    /// Takes in what was committed, without reading; by one thread at a time. What is held whole is then read by
    /// [#catchUp()].
    void apply(List<Change> changes) {
        for (Change change : changes) {
            switch (change.kind()) {
                case TOKEN, GRANT -> {
                    dead.add(change);
                    addedSinceSweep++;
                }
                case API, ROUTE, IDENTITY_PROVIDER -> apiReads.changed();
                case KEY -> keyReads.changed();
                case ORGANIZATION,
                        APPLICATION,
                        CREDENTIAL,
                        CUSTOMER,
                        USER,
                        MEMBERSHIP,
                        SESSION,
                        CONNECTION,
                        CONNECT_SESSION,
                        ROLE,
                        NODE -> {}
            }
        }
        members.apply(changes);
        if (addedSinceSweep >= ADDITIONS_A_SWEEP) {
            addedSinceSweep = 0;
            dead.sweep();
        }
    }

    /// Reads again what is held whole and has changed.
    ///
    /// @throws FactsUnavailable when it cannot be read
    void catchUp() {
        apiReads.catchUp();
        keyReads.catchUp();
    }

    /// Whether something that is held whole has changed and was not read yet.
    boolean behind() {
        return apiReads.behind() || keyReads.behind();
    }

    /// Whether reading it has failed.
    boolean failed() {
        return apiReads.failed() || keyReads.failed();
    }
}
