package dev.gatehouse.server.http;

/// One address to listen on.
///
/// @param name unique in the node; what `HttpFacts.listener` says
/// @param address numeric address or host name to bind to
/// @param port 0 for any free port
/// @param bodyBytes the largest body that is passed on to an upstream (413 beyond)
/// @param front what stands behind it
public record HttpListener(String name, String address, int port, long bodyBytes, Front front) {}
