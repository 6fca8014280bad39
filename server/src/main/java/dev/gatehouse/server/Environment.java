package dev.gatehouse.server;

import dev.gatehouse.core.store.Moments;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What a node takes from the machine besides files and sockets: time and randomness. Tests bring their own
/// clock.
///
/// @param clock wall time
/// @param nanos the monotonic clock
/// @param moments hears of the moments of every write
public record Environment(InstantSource clock, LongSupplier nanos, SecureRandom random, Moments moments) {
    /// One in which nobody hears of writes.
    public Environment(InstantSource clock, LongSupplier nanos, SecureRandom random) {
        this(clock, nanos, random, Moments.NONE);
    }

    /// The machine's own.
    public static Environment ofSystem() {
        return new Environment(InstantSource.system(), System::nanoTime, new SecureRandom());
    }
}
