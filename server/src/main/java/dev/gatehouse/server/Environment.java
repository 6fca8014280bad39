package dev.gatehouse.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What a node takes from the machine besides files and sockets: time and randomness. Tests bring their own clock.
///
/// @param clock wall time
/// @param nanos the monotonic clock
public record Environment(InstantSource clock, LongSupplier nanos, SecureRandom random) {
    /// The machine's own.
    public static Environment ofSystem() {
        return new Environment(InstantSource.system(), System::nanoTime, new SecureRandom());
    }
}
