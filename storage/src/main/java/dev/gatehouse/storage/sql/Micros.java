package dev.gatehouse.storage.sql;

import dev.gatehouse.core.member.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as whole microseconds since 1970. What is finer is cut off before it is stored, so that what a write
/// answers is what a read gives.
final class Micros {
    private Micros() {}

    static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
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
