package dev.gatehouse.storage.feed;

import java.util.List;

/// Applies committed changes to what is held in memory.
public interface ChangeListener {
    /// Applies the changes of one or more whole transactions. Does no I/O, never blocks, never throws: on
    /// SQLite the one writer thread calls it after COMMIT and before anybody is answered.
    void apply(List<Change> changes);

    /// Tells that changes may have been committed that will not come: a commit whose outcome is unknown, or one
    /// that could not be applied. From now on nothing may be decided on what is in memory until it was dropped
    /// and read again. Does no I/O, never blocks, never throws.
    void missed();
}
