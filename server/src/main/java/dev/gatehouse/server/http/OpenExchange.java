package dev.gatehouse.server.http;

/// An exchange that waits for one of its ends.
interface OpenExchange {
    /// Ends it when a deadline has passed or a caller has been too slow.
    void expire(long nanos);

    /// Ends it when the rights behind it are gone. May block.
    void recheck();
}
