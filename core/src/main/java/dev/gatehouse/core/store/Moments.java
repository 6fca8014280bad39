package dev.gatehouse.core.store;

/// Hears of the moments of every write at which a process may end. A node has [#NONE]; tests end their process
/// there (GAUNTLET O01).
@FunctionalInterface
public interface Moments {
    /// Nobody listens.
    Moments NONE = _ -> {};

    /// A moment of a write.
    enum Moment {
        /// All statements are done.
        BEFORE_COMMIT,
        /// It is durable; other nodes were not waited for.
        AFTER_COMMIT,
        /// It counts wherever it has to; its caller was not answered.
        BEFORE_REPLY
    }

    /// Called by the thread that writes.
    void reached(Moment moment);
}
