package dev.gatehouse.core.store;

import java.time.Instant;

/// Something that is still to be told, as somebody took it to tell it.
///
/// @param attempt which one this is; what is said of an earlier one changes nothing
/// @param tries how often telling was really tried, as far as was said
/// @param since since when it is to be told
public record Taken<N>(N notice, long attempt, long tries, Instant since) {
    /// The same, tried once more.
    public Taken<N> tried() {
        return new Taken<>(notice, attempt, tries + 1, since);
    }
}
