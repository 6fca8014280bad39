package dev.gatehouse.storage.feed;

import java.util.List;

/// Applies committed changes to what is held in memory.
@FunctionalInterface
public interface ChangeListener {
    /// Applies the changes of one or more whole transactions. Does no I/O, never blocks, never throws: on
    /// SQLite the one writer thread calls it after COMMIT and before anybody is answered.
    void apply(List<Change> changes);
}
