package dev.gatehouse.storage.feed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.storage.db.Session;
import java.util.List;

/// Publishes changes from inside the transaction that makes them.
public interface ChangeWriter {
    /// Publishes with the transaction's commit, and never when it is rolled back. Returns the transaction's
    /// position in the feed, also without any change: whoever has applied the position has applied all that
    /// this transaction saw.
    long publish(Session session, List<Change> changes);

    /// The nodes of a release before a format that serve or may come back, as the transaction sees them: one that
    /// was declared out joins again by itself as soon as the database answers it.
    List<Id> older(Session session, long format);
}
