package dev.gatehouse.server.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.TryExecutor;
import org.jspecify.annotations.Nullable;

/// The server's threads, as connections see them. A caller's connection that was answered in an upstream's turn
/// on a thread goes on there when that turn is over, instead of waking another thread for each forwarded call.
final class Turns implements TryExecutor {
    private final Executor threads;

    @SuppressWarnings("ThreadLocalUsage") // of each server, and as long-lived as it
    private final ThreadLocal<@Nullable Deque<Runnable>> after = new ThreadLocal<>();

    Turns(Executor threads) {
        this.threads = threads;
    }

    /// A turn of an upstream's connection; what its task leaves to callers' connections follows it.
    Runnable turn(Runnable task) {
        return Invocable.from(Invocable.getInvocationType(task), () -> {
            Deque<Runnable> rest = new ArrayDeque<>(2);
            after.set(rest);
            try {
                task.run();
            } finally {
                after.remove();
                follow(rest);
            }
        });
    }

    /// What is left over when one of them fails goes on where it would have gone without us.
    private void follow(Deque<Runnable> rest) {
        try {
            for (Runnable next = rest.poll(); next != null; next = rest.poll()) {
                next.run();
            }
        } finally {
            rest.forEach(threads::execute);
        }
    }

    @Override
    public void execute(Runnable task) {
        Deque<Runnable> rest = after.get();
        if (rest != null && task instanceof Connection) {
            rest.add(task);
        } else {
            threads.execute(task);
        }
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return TryExecutor.asTryExecutor(threads).tryExecute(task);
    }
}
