/// Clients that prove themselves by the certificate of their connection (RFC 8705): which names a certificate
/// bears, and which authorities may say so.
package dev.gatehouse.oauth.mtls;
