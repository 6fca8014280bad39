package dev.gatehouse.connect.refresh;

import java.time.Duration;

/// Lets some time go by.
@FunctionalInterface
public interface Pause {
    /// That of the machine.
    Pause REAL = Thread::sleep;

    /// Returns after this time.
    void of(Duration time) throws InterruptedException;
}
