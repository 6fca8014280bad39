/// What a listener shows in a TLS handshake: certificates and keys from PEM files, chosen by the name that the
/// caller asks for and taken anew when the files change. No HTTP here, no sockets.
package dev.gatehouse.server.tls;
