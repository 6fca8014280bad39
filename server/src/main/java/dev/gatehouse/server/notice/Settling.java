package dev.gatehouse.server.notice;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what came of telling one thing: it is gone, due again after a pause that is twice as long each time,
/// or given up, as the [Patience] of its outbox says.
///
/// @param <N> one thing to tell
public record Settling<N>(Outbox<N> outbox, Sender.Counts counts) {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final int DOUBLINGS = 12;

    /// Whoever took it says so once.
    public void settle(N notice, Came came, Instant now) {
        switch (came) {
            case Came.Delivered() -> {
                outbox.delivered(notice);
                counts.delivered().increment();
            }
            case Came.Failed(String why, boolean tried) -> {
                N next = tried ? outbox.tried(notice) : notice;
                if (outbox.patience().over(outbox.tries(next), outbox.since(next), now)) {
                    giveUp(next, why, now);
                } else {
                    outbox.again(next, now.plus(pause(outbox.tries(next))));
                    counts.failed().increment();
                }
            }
            case Came.Refused(String why) -> giveUp(notice, why, now);
        }
    }

    private Duration pause(long tries) {
        Duration longest = outbox.patience().longest();
        Duration pause = SHORTEST.multipliedBy(1L << Math.clamp(tries - 1, 0, DOUBLINGS));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }

    /// Nobody will be told.
    public void giveUp(N notice, String why, Instant now) {
        outbox.giveUp(notice, why, now);
        counts.givenUp().increment();
        LOG.warn("{} was not told: {}", outbox.about(notice), why);
    }
}
