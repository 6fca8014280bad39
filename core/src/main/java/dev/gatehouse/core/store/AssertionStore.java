package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import java.time.Instant;

/// The assertions that applications have proven themselves by. Each counts once (RFC 7523 section 3, `jti`). So do
/// the cookies of browsers that an Api handed over to a platform, and what issuers signed for whichever
/// application, under the id of the Api.
public interface AssertionStore {
    /// The most that are over and that one use removes.
    int SWEPT = 64;

    /// Uses an assertion up: of any number of uses at once, on whatever nodes, one is first. Durable when it
    /// returns. Leaves no audit row: it changes no rights, and the event of what the client then does tells it.
    ///
    /// @param jti the SHA-256 of the name that its application gave it
    /// @param until when it counts for nobody any more, so that its use may be forgotten
    /// @return whether it had not been used
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time, or does not
    /// say what came of it: the assertion may be used up then
    boolean use(Id application, Bytes jti, Instant until, Instant now);
}
