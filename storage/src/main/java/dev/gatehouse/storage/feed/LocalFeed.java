package dev.gatehouse.storage.feed;

import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The feed of a database that one process has for itself: the writer thread applies changes after COMMIT and
/// before anybody is answered. No rows are written, since nobody else would read them.
public final class LocalFeed implements ChangeWriter {
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
            session.afterCommit(() -> listeners.forEach(listener -> listener.apply(committed)));
        }
        return 0;
    }
}
