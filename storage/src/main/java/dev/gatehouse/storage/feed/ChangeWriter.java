package dev.gatehouse.storage.feed;

import dev.gatehouse.storage.db.Session;
import java.util.List;

/// Publishes changes from inside the transaction that makes them.
public interface ChangeWriter {
    /// Publishes with the transaction's commit, and never when it is rolled back. Returns the transaction's
    /// position in the feed, also without any change: whoever has applied the position has applied all that
    /// this transaction saw.
    long publish(Session session, List<Change> changes);
}
