package dev.gatehouse.server.observe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A budget of log lines that refills with time: at most `perSecond` lines on average and as many in one burst.
public final class LineBudget {
    private static final long SECOND = 1_000_000_000L;

    private final long costNanos;
    private final LongSupplier nanos;
    private final AtomicLong paidUntil;

    /// @param nanos the monotonic clock
    public LineBudget(int perSecond, LongSupplier nanos) {
        this.costNanos = SECOND / perSecond;
        this.nanos = nanos;
        this.paidUntil = new AtomicLong(nanos.getAsLong() - SECOND);
    }

    /// Takes one line; false when the budget is used up.
    public boolean take() {
        long now = nanos.getAsLong();
        while (true) {
            long until = paidUntil.get();
            long from = until - now < -SECOND ? now - SECOND : until;
            if (from + costNanos - now > 0) {
                return false;
            }
            if (paidUntil.compareAndSet(until, from + costNanos)) {
                return true;
            }
        }
    }
}
