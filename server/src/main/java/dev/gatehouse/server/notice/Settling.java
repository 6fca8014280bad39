package dev.gatehouse.server.notice;

import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Taken;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what came of telling one thing: it is gone, due again after a pause that is twice as long each time,
/// or given up, as the [Patience] of its outbox says.
///
/// @param <N> one thing to tell
public record Settling<N>(Outbox<N> outbox, Counts counts) {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int DOUBLINGS = 12;

    /// Whoever took it says so once.
    public void settle(Taken<N> taken, Came came, Instant now) {
        switch (came) {
            case Came.Delivered() -> {
                outbox.waiting().delivered(taken, act(now));
                counts.delivered().increment();
            }
            case Came.Failed(String why, boolean tried) -> {
                Taken<N> next = tried ? taken.tried() : taken;
                if (outbox.patience().over(next, now)) {
                    giveUp(next, why, now);
                } else {
                    outbox.waiting().again(next, now.plus(pause(next.tries())));
                    counts.failed().increment();
                }
            }
            case Came.Refused(String why) -> giveUp(taken, why, now);
        }
    }

    private Duration pause(long tries) {
        Duration longest = outbox.patience().longest();
        Duration pause = SHORTEST.multipliedBy(1L << Math.clamp(tries - 1, 0, DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    private Act act(Instant now) {
        return Act.system(outbox.actor(), now);
    }

    /// Nobody will be told.
    public void giveUp(Taken<N> taken, String why, Instant now) {
        var _ = outbox.waiting().giveUp(taken, why, act(now));
        counts.givenUp().increment();
        LOG.warn("{} was not told: {}", outbox.about(taken.notice()), why);
    }
}
