package dev.gatehouse.server.observe;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tokens issued and requests refused, as log lines. Requests leave an event and go on, never
/// waiting for anything; a thread takes the events each second, folds those of the same reason, credential and
/// network into one line, and writes at most so many lines. A flood of refusals is never a flood of writes, and
/// it takes no room from the tokens issued meanwhile.
public final class Events implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Lane issued;
    private final Lane refused;
    private final Lane noticed;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Optional<Thread> thread = Optional.empty();

    /// Events that nobody writes yet.
    public Events(MeterRegistry registry) {
        this.issued = new Lane("issued", registry);
        this.refused = new Lane("refused", registry);
        this.noticed = new Lane("noticed", registry);
    }

    /// Begins to write.
    public Events start() {
        thread = Optional.of(Thread.ofPlatform().name("events").daemon().start(this::run));
        return this;
    }

    /// Leaves an event; never waits.
    void add(Event event) {
        switch (event) {
            case Event.Issued one -> issued.add(one);
            case Event.Refused one -> refused.add(one);
            case Event.Noticed one -> noticed.add(one);
        }
    }

    private void run() {
        try {
            while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes what has come until now.
    synchronized void round() {
        issued.round();
        refused.round();
        noticed.round();
    }

    /// Writes what is left and ends.
    @Override
    public void close() {
        stop.countDown();
        thread.ifPresent(running -> {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        round();
    }
}
