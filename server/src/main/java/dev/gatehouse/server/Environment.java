package dev.gatehouse.server;

import dev.gatehouse.core.store.Moments;
import dev.gatehouse.egress.Resolver;
import dev.gatehouse.storage.Patience;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What a node takes from the machine besides files and sockets: time, randomness, names of hosts. Tests bring
/// their own clock.
///
/// @param clock wall time
/// @param nanos the monotonic clock
/// @param moments hears of the moments of every write
/// @param resolver looks up the hosts of platforms
/// @param patience how long it waits for its database
public record Environment(
        InstantSource clock,
        LongSupplier nanos,
        SecureRandom random,
        Moments moments,
        Resolver resolver,
        Patience patience) {
    /// One with the patience that every node has.
    public Environment(
            InstantSource clock, LongSupplier nanos, SecureRandom random, Moments moments, Resolver resolver) {
        this(clock, nanos, random, moments, resolver, Patience.STANDARD);
    }

    /// One with the resolver of the machine.
    public Environment(InstantSource clock, LongSupplier nanos, SecureRandom random, Moments moments) {
        this(clock, nanos, random, moments, Resolver.SYSTEM);
    }

    /// One in which nobody hears of writes.
    public Environment(InstantSource clock, LongSupplier nanos, SecureRandom random) {
        this(clock, nanos, random, Moments.NONE);
    }

    /// The machine's own.
    public static Environment ofSystem() {
        return new Environment(InstantSource.system(), System::nanoTime, new SecureRandom());
    }
}
