package dev.gatehouse.storage.freshness;

/// The choices that make up a freshness protocol: the one that Gatehouse uses and the readings that look as good
/// and are not.
record Protocol(Lease lease, Clocks clocks, Margin margin, Fill fill, Dead dead, Feed feed, Join join, Report report) {
    /// Where a node's trust in a poll is counted from.
    enum Lease {
        BEFORE_THE_POLL,
        FROM_THE_REPLY,
        /// An expiry in wall time in the node's row; whoever waits compares it with its own wall clock.
        WALL_TIME_STAMP
    }

    /// Which clocks a node asks before it trusts its facts.
    enum Clocks {
        MONOTONIC_AND_WALL,
        MONOTONIC
    }

    /// How long a writer waits at most.
    enum Margin {
        WITH_RATE_ERROR,
        WITHOUT
    }

    /// Whether what a query brought is stored when a change of it was applied in the meantime.
    enum Fill {
        GUARDED,
        ALWAYS_STORED
    }

    /// How a writer stops waiting for a node that is gone.
    enum Dead {
        FENCED,
        BY_HEARTBEAT_AGE
    }

    /// How changes are found.
    enum Feed {
        SNAPSHOT_DIFFERENCE,
        SEQ_GREATER_THAN_LAST,
        /// Only what is older than the oldest open transaction.
        BELOW_OLDEST_TRANSACTION
    }

    /// What a starting node does first.
    enum Join {
        /// Its row, then a beat whose poll is the baseline.
        ROW_THEN_BEAT,
        /// Its row, then a baseline that does not look whether the row is still live.
        ROW_THEN_PLAIN_BASELINE,
        ROW_LAST
    }

    /// Which beat says that a poll's changes are applied.
    enum Report {
        NEXT_BEAT,
        SAME_BEAT
    }

    static final Protocol OURS = new Protocol(
            Lease.BEFORE_THE_POLL,
            Clocks.MONOTONIC_AND_WALL,
            Margin.WITH_RATE_ERROR,
            Fill.GUARDED,
            Dead.FENCED,
            Feed.SNAPSHOT_DIFFERENCE,
            Join.ROW_THEN_BEAT,
            Report.NEXT_BEAT);

    Protocol with(Lease other) {
        return new Protocol(other, clocks, margin, fill, dead, feed, join, report);
    }

    Protocol with(Clocks other) {
        return new Protocol(lease, other, margin, fill, dead, feed, join, report);
    }

    Protocol with(Margin other) {
        return new Protocol(lease, clocks, other, fill, dead, feed, join, report);
    }

    Protocol with(Fill other) {
        return new Protocol(lease, clocks, margin, other, dead, feed, join, report);
    }

    Protocol with(Dead other) {
        return new Protocol(lease, clocks, margin, fill, other, feed, join, report);
    }

    Protocol with(Feed other) {
        return new Protocol(lease, clocks, margin, fill, dead, other, join, report);
    }

    Protocol with(Join other) {
        return new Protocol(lease, clocks, margin, fill, dead, feed, other, report);
    }

    Protocol with(Report other) {
        return new Protocol(lease, clocks, margin, fill, dead, feed, join, other);
    }
}
