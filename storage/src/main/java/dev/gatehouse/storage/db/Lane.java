package dev.gatehouse.storage.db;

/// Who is asking. Each lane has connections and a waiting bound of its own, so that a report never takes a
/// verification's place.
public enum Lane {
    /// Reads for verifications that found nothing in memory.
    VERIFY,
    /// Reads of what a node holds whole: Apis, keys, the dead set. They are patient, since nothing is served
    /// without them, and in nobody's way.
    WHOLE,
    /// Writes of the data plane.
    DATA,
    /// Calls through connections: reads of their rows, and renewing what they are made with. As patient as
    /// management, since their platforms are slower than any database.
    CALLS,
    /// Management: reads and writes.
    ADMIN,
    /// The node's beat: one connection that nobody else ever holds.
    BEAT
}
