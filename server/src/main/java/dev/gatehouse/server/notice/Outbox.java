package dev.gatehouse.server.notice;

import java.time.Instant;
import java.util.List;

/// What is still to be told.
///
/// @param <N> one thing to tell, as it was taken
public interface Outbox<N> {
    /// Takes at most so many that are due; nobody else has them for a while.
    List<N> take(int most, Instant now);

    /// Those that are too many.
    List<N> crowding();

    /// One attempt, which may take seconds.
    Came attempt(N notice, Instant now);

    /// It was delivered.
    void delivered(N notice);

    /// It was not, and is due again then.
    void again(N notice, Instant due);

    /// It was not, and never will be. The trail says so.
    void giveUp(N notice, String why, Instant now);

    /// The same, tried once more.
    N tried(N notice);

    /// How often it was tried.
    long tries(N notice);

    /// Since when it is to be told.
    Instant since(N notice);

    /// How long it is tried.
    Patience patience();

    /// Who is told of what, for the log: `crm.example of a connection`.
    String about(N notice);
}
