package dev.gatehouse.server.http;

import java.time.Duration;

/// Every bound of the HTTP boundary. Nothing is left to a library's default.
///
/// @param threads platform threads of the server, its acceptors and selectors included
/// @param connections open connections of one listener; further ones wait in its accept queue
/// @param acceptQueue connections that the operating system keeps waiting, per listener
/// @param headBytes the request line and all headers (431)
/// @param targetBytes the request target (414)
/// @param headers header lines (431)
/// @param bufferedBytes bytes of bodies that are held whole, over all connections of one listener (503 beyond)
/// @param idle how long a connection may stay silent
/// @param head how long the head of a request may take, from its first byte
/// @param minimumRate bytes per second that a caller must at least send or take, averaged over the time that we
///     waited for it
/// @param rateGrace how long we wait for a caller in all before the minimum rate counts
/// @param connect how long connecting to an upstream may take
/// @param upstreamHead how long an upstream may think, from the end of the request to the end of its head
/// @param upstreamIdle how long an upstream may stay silent
/// @param upstreamConnections connections to one upstream
/// @param upstreamQueue calls that wait for one of them (503 beyond)
/// @param verify permits of [Outcome.Work#VERIFY]
/// @param mint permits of [Outcome.Work#MINT]
/// @param revoke permits of [Outcome.Work#REVOKE]
/// @param replace permits of [Outcome.Work#REPLACE]
/// @param hear permits of [Outcome.Work#HEAR]
/// @param admin permits of [Outcome.Work#ADMIN]
/// @param platform permits of [Outcome.Work#PLATFORM]
/// @param permitWait how long blocking work waits for a permit (503 beyond)
/// @param heard how long the end of an answer waits for who hears it
/// @param drain how long open requests may take to end when the server stops
public record HttpLimits(
        int threads,
        int connections,
        int acceptQueue,
        int headBytes,
        int targetBytes,
        int headers,
        long bufferedBytes,
        Duration idle,
        Duration head,
        int minimumRate,
        Duration rateGrace,
        Duration connect,
        Duration upstreamHead,
        Duration upstreamIdle,
        int upstreamConnections,
        int upstreamQueue,
        int verify,
        int mint,
        int revoke,
        int replace,
        int hear,
        int admin,
        int platform,
        Duration permitWait,
        Duration heard,
        Duration drain) {
    /// The limits of a node that nobody tuned.
    public static final HttpLimits DEFAULT = new HttpLimits(
            64,
            20_000,
            1024,
            16 * 1024,
            8 * 1024,
            100,
            32 * 1024 * 1024,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            256,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            256,
            1024,
            256,
            128,
            64,
            32,
            2,
            32,
            64,
            Duration.ofMillis(50),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
}
