package dev.gatehouse.core.client;

import java.util.Optional;

/// What is required beyond the least, of one client by its own terms or of all clients by an Api.
public enum ClientRule {
    /// Authorization requests are pushed before a browser comes with them (RFC 9126 section 6).
    PUSHED("require_pushed_authorization_requests"),
    /// Access tokens are bound to a key of the client's (RFC 9449 section 5.2).
    BOUND("dpop_bound_access_tokens"),
    /// Access tokens are bound to the certificate of the client's connection (RFC 8705 section 3.4).
    CERTIFICATE_BOUND("tls_client_certificate_bound_access_tokens"),
    /// Authorization requests are signed (RFC 9101 section 10.5).
    SIGNED("require_signed_request_object");

    private final String wire;

    ClientRule(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// The rule of a name.
    public static Optional<ClientRule> of(String wire) {
        for (ClientRule rule : values()) {
            if (rule.wire.equals(wire)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
