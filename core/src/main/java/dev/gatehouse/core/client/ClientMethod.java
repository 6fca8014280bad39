package dev.gatehouse.core.client;

import java.util.Optional;

/// How a client authenticates: one method, and no other is taken from it (GAUNTLET C04).
public enum ClientMethod {
    /// A secret, in the header or in the body: what clients had before they could pin one of the two.
    SECRET("client_secret"),
    /// A secret in the Authorization header (RFC 6749 section 2.3.1).
    SECRET_BASIC("client_secret_basic"),
    /// A secret in the body.
    SECRET_POST("client_secret_post"),
    /// An assertion that it signed (RFC 7523 section 2.2, OpenID Connect Core section 9).
    PRIVATE_KEY_JWT("private_key_jwt"),
    /// A certificate that an authority signed for a name (RFC 8705 section 2.1).
    TLS("tls_client_auth"),
    /// A certificate over one of its own keys, whoever signed it (RFC 8705 section 2.2).
    SELF_SIGNED_TLS("self_signed_tls_client_auth"),
    /// Nothing: a public client, which cannot keep a secret (RFC 6749 section 2.1).
    NONE("none");

    private final String wire;

    ClientMethod(String wire) {
        this.wire = wire;
    }

    /// The name in requests, APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// Whether a client of this method proves itself as `shown`.
    public boolean admits(ClientMethod shown) {
        return this == shown || (this == SECRET && shown.secret()) || (shown == SECRET && secret());
    }

    /// Whether the certificate of a connection is what proves it.
    public boolean certified() {
        return this == TLS || this == SELF_SIGNED_TLS;
    }

    private boolean secret() {
        return this == SECRET || this == SECRET_BASIC || this == SECRET_POST;
    }

    /// The method of a name.
    public static Optional<ClientMethod> of(String wire) {
        for (ClientMethod method : values()) {
            if (method.wire.equals(wire)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
