package dev.gatehouse.server.http;

/// The bounds of a HTTP/2 connection that HTTP/1.1 has no word for (RFC 9113 section 10.5, GAUNTLET K06).
///
/// @param streams requests that may be open on one connection
/// @param eventsPerSecond frames that cost us more than they cost the caller, counted over one connection:
///     resets, pings, settings, priorities, empty data and continuations, errors that make us reset a stream; one
///     more ends the connection
/// @param settings parameters in all SETTINGS frames
/// @param tableBytes each compression table
/// @param streamWindow bytes of a body that may be under way
/// @param connectionWindow bytes of all bodies that may be under way
/// @param frameBytes the largest frame
record Http2Limits(
        int streams,
        int eventsPerSecond,
        int settings,
        int tableBytes,
        int streamWindow,
        int connectionWindow,
        int frameBytes) {
    static final Http2Limits DEFAULT = new Http2Limits(100, 100, 32, 4096, 128 * 1024, 256 * 1024, 16 * 1024);
}
