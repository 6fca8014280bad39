package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as whole microseconds since 1970. What is finer is cut off before it is stored, so that what a write
/// answers is what a read gives.
final class Micros {
    private Micros() {}

    /// Gives back every number that [#read(long)] takes, the smallest one too.
    static long of(Instant time) {
        long micros = time.getNano() / 1_000;
        return time.getEpochSecond() < 0
                ? Math.addExact(Math.multiplyExact(time.getEpochSecond() + 1, 1_000_000L), micros - 1_000_000L)
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), micros);
    }

    /// The window as it is stored.
    static Window of(Window window) {
        return new Window(
                window.notBefore().map(Micros::of).map(Micros::read),
                window.expiresAt().map(Micros::of).map(Micros::read));
    }

    static Instant read(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
