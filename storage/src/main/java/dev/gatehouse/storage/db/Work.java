package dev.gatehouse.storage.db;

/// What one transaction does. It may run more than once (a conflict makes the whole decision again), so it
/// touches nothing but its session and does nothing but SQL.
@FunctionalInterface
public interface Work<T> {
    /// Runs inside the transaction. What it throws rolls the transaction back.
    T run(Session session);
}
