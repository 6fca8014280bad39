package dev.gatehouse.server.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;

/// An answer of ours that the caller may leave in our memory.
final class PacedReply implements OpenExchange {
    private final Exchange exchange;
    private final Pace pace;
    private final AtomicBoolean done = new AtomicBoolean();

    PacedReply(Exchange exchange) {
        this.exchange = exchange;
        this.pace = exchange.carriage().pace();
    }

    /// From now on the caller is waited for, until the callback is told.
    Callback watched() {
        pace.waiting(exchange.carriage().nanos().getAsLong());
        exchange.carriage().open().add(this);
        return Callback.from(
                exchange.callback().getInvocationType(),
                () -> {
                    if (finish()) {
                        exchange.callback().succeeded();
                    }
                },
                failure -> {
                    if (finish()) {
                        exchange.callback().failed(failure);
                    }
                });
    }

    private boolean finish() {
        exchange.carriage().open().remove(this);
        return done.compareAndSet(false, true);
    }

    @Override
    public void expire(long nanos) {
        if (pace.tooSlow(nanos) && finish()) {
            exchange.cut();
        }
    }

    @Override
    public void recheck() {
        // It has been decided already.
    }
}
