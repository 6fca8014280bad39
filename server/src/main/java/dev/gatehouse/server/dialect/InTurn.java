package dev.gatehouse.server.dialect;

import dev.gatehouse.core.id.Id;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lets what concerns one credential happen one after the other on this node. A few others may have to wait
/// along.
final class InTurn {
    private static final int LOCKS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /// What came of it; empty when others took too long.
    <T> Optional<T> take(Id credential, Supplier<T> turn) {
        ReentrantLock lock = locks.get(Math.floorMod(credential.hashCode(), LOCKS));
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(turn.get());
        } finally {
            lock.unlock();
        }
    }
}
