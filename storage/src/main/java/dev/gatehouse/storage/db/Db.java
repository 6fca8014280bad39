package dev.gatehouse.storage.db;

/// One database. Every call is bounded in time.
///
/// All methods throw [dev.gatehouse.core.fact.FactsUnavailable] when the database does not do its work in time,
/// [Taken] when a unique key is in use already, and [Tied] when a foreign key does not hold; nothing was written
/// then. A write whose commit was not confirmed is unavailable too: its outcome is unknown.
public interface Db extends AutoCloseable {
    /// Which product this is; only for the listed exceptions to one statement text.
    Engine engine();

    /// Reads. On SQLite this is one statement's snapshot for each statement; on PostgreSQL too.
    <T> T read(Lane lane, Work<T> work);

    /// Runs a transaction and returns after its durable commit, or after its rollback when it called
    /// [Session#rollbackOnly()].
    <T> T write(Lane lane, Isolation isolation, Work<T> work);

    /// The same with [Isolation#READ_COMMITTED].
    default <T> T write(Lane lane, Work<T> work) {
        return write(lane, Isolation.READ_COMMITTED, work);
    }

    @Override
    void close();
}
