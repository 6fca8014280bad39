package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Standing;
import java.time.Instant;
import java.util.List;

/// When clients that registered themselves were last used, and the end of those that nobody uses.
public interface UnusedClientStore {
    /// The most of an Api that one round ends.
    int SWEPT = 50;

    /// A client is used. False when it has ended: of a use and the end at once, one is first.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    boolean used(Id application, Instant now);

    /// Those of an Api that are not revoked and were last used then or before, the longest unused first.
    List<Id> unused(Id api, Instant before, int most);

    /// Revokes one that was last used then or before; `Missing` when it was used since. As
    /// [MemberStore#revoke(Id, Act)] otherwise.
    Stored<Standing> expire(Id application, Instant before, Act act);
}
