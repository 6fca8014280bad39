package dev.gatehouse.core.store;

import java.util.function.Predicate;
import java.util.function.Supplier;

/// Looks again, a few times, when somebody else's write came between reading and writing.
public final class Looks {
    private static final int MOST = 8;

    private Looks() {}

    /// The first result that is not moved, or the last one.
    ///
    /// @param attempt reads and writes
    /// @param moved whether it is worth another look
    public static <T> T settled(Supplier<T> attempt, Predicate<T> moved) {
        T result = attempt.get();
        for (int look = 1; look < MOST && moved.test(result); look++) {
            result = attempt.get();
        }
        return result;
    }
}
