package dev.gatehouse.storage.facts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Keeps one instance of the values that many facts have alike, such as the reach of keys that are made by the same
/// program. Bounded: of values that are rarely alike each fact has its own.
final class Alike<T> {
    private static final int MOST = 4_096;

    private final Cache<T, T> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /// The instance that equals this one.
    T of(T value) {
        return known.get(value, same -> same);
    }
}
