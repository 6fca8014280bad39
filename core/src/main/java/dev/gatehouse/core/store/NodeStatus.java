package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Duration;

/// One process that serves from the database, as the asked one sees it.
///
/// @param self whether it is the asked one
/// @param applied its position in the change feed when it last beat
/// @param format the newest stored format that its release writes
/// @param silent since when its row has not moved, as far as the asked one has watched it
public record NodeStatus(Id id, boolean self, State state, String applied, long format, Duration silent) {
    /// From which format on a node knows what an Api wants of people, and how those signed in whose tokens it
    /// sees.
    public static final long SECOND_FACTORS = 57;

    /// From which format on a node knows credentials that are accounts elsewhere. Nothing before [#SECOND_FACTORS]
    /// told its format.
    public static final long IDENTITIES = 57;

    /// What a writer has to think of a node.
    public enum State {
        /// It may be serving: writers wait for it.
        LIVE,
        /// It was silent for too long; it serves again only after joining again.
        OUT,
        /// It stopped by itself.
        LEFT
    }
}
