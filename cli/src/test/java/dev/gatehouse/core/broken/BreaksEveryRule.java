package dev.gatehouse.core.broken;

import dev.gatehouse.core.broken.ring.Ring;
import dev.gatehouse.server.Elsewhere;
import java.time.Instant;
import org.eclipse.jetty.http.HttpField;

/// Breaks each rule of ArchitectureTest once: a forbidden module, a library out of its place, the clock, a ring.
public record BreaksEveryRule(Elsewhere module, HttpField library, Instant clock, Ring ring) {
    static Instant readsTheClock() {
        return Instant.now();
    }
}
