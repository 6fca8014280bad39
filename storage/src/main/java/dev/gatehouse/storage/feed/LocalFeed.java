package dev.gatehouse.storage.feed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The feed of a database that one process has for itself: the writer thread applies changes after COMMIT and
/// before anybody is answered. No rows are written, since nobody else would read them.
public final class LocalFeed implements ChangeWriter {
    private static final System.Logger LOG = System.getLogger(LocalFeed.class.getName());

    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /// Adds a listener for every commit from now on.
    public void listen(ChangeListener listener) {
        listeners.add(listener);
    }

    /// The position is always zero: what is committed is applied.
    @Override
    public long publish(Session session, List<Change> changes) {
        if (!changes.isEmpty()) {
            List<Change> committed = List.copyOf(changes);
            session.afterCommit(() -> listeners.forEach(listener -> told(listener, committed)));
            session.whenUncertain(() -> listeners.forEach(ChangeListener::missed));
        }
        return 0;
    }

    /// Nobody else serves from this database.
    @Override
    public List<Id> older(Session session, long format) {
        return List.of();
    }

    /// What is committed is committed: when one listener cannot apply it the others still do, and its own facts
    /// count for nothing until they were read again.
    private static void told(ChangeListener listener, List<Change> committed) {
        try {
            listener.apply(committed);
        } catch (Throwable e) {
            listener.missed();
            LOG.log(System.Logger.Level.ERROR, "a committed change could not be applied in memory", e);
        }
    }
}
