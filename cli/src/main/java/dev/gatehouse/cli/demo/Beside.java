package dev.gatehouse.cli.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Work that goes on beside, on a thread of its own.
final class Beside<T> {
    private final CompletableFuture<T> result;

    private Beside(CompletableFuture<T> result) {
        this.result = result;
    }

    static <T> Beside<T> start(Supplier<T> work) {
        return new Beside<>(CompletableFuture.supplyAsync(work, Thread::startVirtualThread));
    }

    /// Waits for its end; it fails as the work failed.
    T join() {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Waits for its end, good or bad.
    ///
    /// @return whether there is a result
    boolean ended() {
        return result.handle((_, failure) -> failure == null).join();
    }
}
