package dev.gatehouse.storage.db;

/// The databases that Gatehouse runs on.
public enum Engine {
    /// Embedded, one process, one writer.
    SQLITE,
    /// A server that several nodes share.
    POSTGRESQL
}
