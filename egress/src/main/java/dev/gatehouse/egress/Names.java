package dev.gatehouse.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks names up in time: a resolver that hangs holds one of a few threads of its own, not the caller.
final class Names implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int WAITING = 256;
    private static final long IDLE_SECONDS = 30;

    private final Resolver resolver;
    private final ThreadPoolExecutor threads;

    Names(Resolver resolver) {
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("egress-names-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// All addresses of a target: never none.
    List<InetAddress> of(Target target, Deadline deadline) throws Failed {
        if (target.numeric().isPresent()) {
            return List.of(target.numeric().get());
        }
        FutureTask<List<InetAddress>> asked = new FutureTask<>(() -> resolver.resolve(target.host()));
        try {
            threads.execute(asked);
            List<InetAddress> addresses = List.copyOf(asked.get(deadline.leftNanos(), TimeUnit.NANOSECONDS));
            if (addresses.isEmpty()) {
                throw new Failed(Fetched.Cause.NAME);
            }
            return addresses;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(Fetched.Cause.NAME);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new Failed(Fetched.Cause.NAME);
        } finally {
            // What nobody waits for any more takes no place and no thread from those who still do.
            boolean _ = asked.cancel(true) && threads.remove(asked);
        }
    }

    @Override
    public void close() {
        var _ = threads.shutdownNow();
    }
}
