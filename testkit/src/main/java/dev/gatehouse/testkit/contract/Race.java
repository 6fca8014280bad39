package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Many callers at the same moment.
final class Race {
    static final int CALLERS = 8;

    private Race() {}

    /// Lets all callers go at the same moment and gathers what they got.
    static <T> List<T> race(List<Callable<T>> callers) {
        CyclicBarrier start = new CyclicBarrier(callers.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(callers.size())) {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> caller : callers) {
                running.add(threads.submit(() -> {
                    start.await();
                    return caller.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a caller failed", e);
        }
    }

    static <T> List<Callable<T>> callers(IntFunction<Callable<T>> caller) {
        return IntStream.range(0, CALLERS).mapToObj(caller).toList();
    }

    static long winners(List<? extends Stored<?>> results) {
        return results.stream().filter(Stored.Done.class::isInstance).count();
    }
}
