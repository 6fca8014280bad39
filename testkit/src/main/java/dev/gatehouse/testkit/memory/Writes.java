package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Once;
import dev.gatehouse.core.store.Receipt;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Runs verbs one after the other. Each changes a copy, which takes the place of the original when the verb is
/// done: all of it is seen, or nothing, and nobody waits to read.
final class Writes {
    /// What one verb does to its copy.
    @FunctionalInterface
    interface Verb<T> {
        Stored<T> run(Transaction transaction);
    }

    private final Audit audit;
    private final Object lock = new Object();
    private final List<Runnable> keyListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong applied = new AtomicLong();
    private volatile Tables now = new Tables();

    Writes(Audit audit) {
        this.audit = audit;
    }

    Tables now() {
        return now;
    }

    /// How many verbs were done.
    long applied() {
        return applied.get();
    }

    void onKeysChanged(Runnable listener) {
        keyListeners.add(listener);
    }

    private static <T> Stored<T> once(Act act, Transaction transaction, Verb<T> verb) {
        Optional<Once> once = act.terms().once();
        Optional<Stored<T>> unclaimed =
                once.flatMap(request -> MemoryReplies.claim(transaction.tables(), request, act));
        if (unclaimed.isPresent()) {
            return unclaimed.get();
        }
        Stored<T> stored = verb.run(transaction);
        if (once.isPresent() && stored instanceof Stored.Done<T>(T value, var _)) {
            MemoryReplies.fill(
                    transaction.tables(), once.get(), once.get().reply().apply(value), act);
        }
        return stored;
    }

    /// Changes a copy without an audit row; the copy counts when the change says so.
    boolean change(Predicate<Tables> change) {
        synchronized (lock) {
            Tables next = now.copy();
            boolean done = change.test(next);
            if (done) {
                now = next;
            }
            return done;
        }
    }

    /// Runs a verb that takes something away, but not the last owner.
    <T> Stored<T> narrow(Act act, Verb<T> verb) {
        Stored<T> stored = run(act, transaction -> {
            boolean owned = Owners.any(transaction.tables(), act.at());
            Stored<T> done = verb.run(transaction);
            return done instanceof Stored.Done && owned && !Owners.any(transaction.tables(), act.at())
                    ? new Stored.Forbidden<>(Stored.Rule.LAST_OWNER)
                    : done;
        });
        return stored instanceof Stored.Done<T>(T value, var _)
                ? new Stored.Done<>(value, Optional.of(Receipt.alone(0, Duration.ZERO)))
                : stored;
    }

    <T> Stored<T> run(Act act, Verb<T> verb) {
        Stored<T> stored;
        boolean keysChanged = false;
        synchronized (lock) {
            Tables before = now;
            Transaction transaction = new Transaction(before.copy(), act, audit);
            stored = once(act, transaction, verb);
            if (stored instanceof Stored.Done) {
                now = transaction.tables();
                applied.incrementAndGet();
                keysChanged = !before.keys.equals(transaction.tables().keys);
            }
        }
        if (keysChanged) {
            keyListeners.forEach(Runnable::run);
        }
        return stored;
    }
}
