package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times in whole microseconds, as databases keep them: what is finer is cut off before it is stored.
final class Micros {
    private Micros() {}

    static Instant of(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    static Window of(Window window) {
        return new Window(window.notBefore().map(Micros::of), window.expiresAt().map(Micros::of));
    }

    static Standing of(Standing standing) {
        return new Standing(
                standing.holds(), standing.revoked(), standing.generation(), of(standing.window()), standing.version());
    }
}
