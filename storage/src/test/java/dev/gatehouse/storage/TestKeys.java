package dev.gatehouse.storage;

import dev.gatehouse.core.store.MacKey;
import dev.gatehouse.core.store.Moments;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.testkit.TestClock;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Random;

/// What a node brings to its storage, in tests.
public final class TestKeys {
    /// For a machine that is too busy.
    private static final Patience PATIENCE = Patience.STANDARD.times(4);

    private TestKeys() {}

    /// A keyed hash of every byte, good enough to tell whether all fields went into it.
    public static MacKey mac() {
        return message -> {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((byte) 7);
                return digest.digest(message);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        };
    }

    /// Storage whose wall clock stands still.
    public static Storage storage() {
        return storage(new TestClock());
    }

    /// Storage with this room in its dead set.
    public static Storage storage(InstantSource clock, TokenStore.Room deadTokens) {
        return storage(clock, 5, deadTokens);
    }

    /// Storage with this wall clock.
    public static Storage storage(InstantSource clock) {
        return storage(clock, 5);
    }

    /// Storage that draws other ids than those of other nodes.
    public static Storage storage(InstantSource clock, long seed) {
        return storage(clock, seed, TokenStore.Room.DEFAULT);
    }

    private static Storage storage(InstantSource clock, long seed, TokenStore.Room deadTokens) {
        return new Storage(mac(), new Random(seed), clock, System::nanoTime, deadTokens, Moments.NONE, PATIENCE);
    }
}
