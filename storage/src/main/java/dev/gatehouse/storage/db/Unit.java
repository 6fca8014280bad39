package dev.gatehouse.storage.db;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// One piece of work on its way through a lane of SQLite. Either its caller gives it up before it begins, or it
/// runs: never both.
final class Unit<T> {
    private enum State {
        WAITING,
        RUNNING,
        GIVEN_UP
    }

    private final Work<T> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Unit(Work<T> work) {
        this.work = work;
    }

    /// Whether it is the lane's to run now.
    boolean begin() {
        return state.compareAndSet(State.WAITING, State.RUNNING);
    }

    /// Runs the work; the returned action hands the result to the caller.
    Runnable run(Session session) {
        T result = work.run(session);
        return () -> answer.complete(result);
    }

    void fail(Throwable why) {
        answer.completeExceptionally(why);
    }

    /// The result, within the bounds.
    T await(Duration wait, Duration run) {
        try {
            return get(wait);
        } catch (TimeoutException e) {
            if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
                throw new FactsUnavailable("the database was too busy to begin within " + wait, e);
            }
        }
        try {
            return get(run);
        } catch (TimeoutException e) {
            throw new FactsUnavailable("the database did not finish within " + run + "; the outcome is unknown", e);
        }
    }

    private T get(Duration within) throws TimeoutException {
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            boolean begun = !state.compareAndSet(State.WAITING, State.GIVEN_UP);
            throw new FactsUnavailable("interrupted while waiting" + (begun ? "; the outcome is unknown" : ""), e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException runtime -> runtime;
            case Error error -> throw error;
            case null, default -> new FactsUnavailable("the database failed", e);
        };
    }
}
