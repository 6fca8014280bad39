package dev.gatehouse.storage.db;

/// How far a transaction is kept apart from others. SQLite has one writer, so all of these are the strictest
/// there.
public enum Isolation {
    /// For verbs whose decision is one conditional statement.
    READ_COMMITTED,
    /// For what must see one snapshot.
    REPEATABLE_READ,
    /// For invariants over several rows; the whole decision is made again when the database finds a conflict.
    SERIALIZABLE
}
