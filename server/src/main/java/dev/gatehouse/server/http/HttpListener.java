package dev.gatehouse.server.http;

import dev.gatehouse.server.tls.ListenerTls;
import java.util.Optional;

/// One address to listen on.
///
/// @param name unique in the node; what `HttpFacts.listener` says
/// @param address numeric address or host name to bind to
/// @param port 0 for any free port
/// @param bodyBytes the largest body that is passed on to an upstream (413 beyond)
/// @param tls absent for plain HTTP/1.1
/// @param front what stands behind it
public record HttpListener(
        String name, String address, int port, long bodyBytes, Optional<ListenerTls> tls, Front front) {}
