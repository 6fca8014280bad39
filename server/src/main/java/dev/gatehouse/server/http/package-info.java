/// The HTTP boundary: the only package that knows the HTTP server. It reads requests strictly, hands them on as
/// plain facts, and carries outcomes out (answers, forwarding with streaming both ways).
package dev.gatehouse.server.http;
