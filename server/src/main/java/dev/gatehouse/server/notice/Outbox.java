package dev.gatehouse.server.notice;

import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.List;

/// What is still to be told, and how: all that one outbox has of its own. A [Sender] sends it.
///
/// @param <N> one thing to tell
public interface Outbox<N> {
    /// Where it waits.
    OutboxStore<N> waiting();

    /// Those that are too many; none where their number is bounded where they are written.
    default List<Taken<N>> crowding() {
        return List.of();
    }

    /// One attempt, which may take seconds.
    Came attempt(Taken<N> taken, Instant now);

    /// How long it is tried.
    Patience patience();

    /// Who acts, for the trail: `pings`.
    String actor();

    /// Who is told of what, for the log: `crm.example of a connection`.
    String about(N notice);
}
