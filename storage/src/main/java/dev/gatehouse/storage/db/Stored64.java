package dev.gatehouse.storage.db;

/// The stored form of a 64-bit id: its top bit flipped, so that the signed order of BIGINT columns is the
/// unsigned order of ids, in every index and `ORDER BY` and on every database. The bits of an id are otherwise
/// as they are.
public final class Stored64 {
    private Stored64() {}

    /// What to write.
    public static long of(long id) {
        return id ^ Long.MIN_VALUE;
    }

    /// What was written.
    public static long read(long stored) {
        return stored ^ Long.MIN_VALUE;
    }
}
