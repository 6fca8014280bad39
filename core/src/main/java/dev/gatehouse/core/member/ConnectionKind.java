package dev.gatehouse.core.member;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a connection is authorized.
public enum ConnectionKind {
    /// A key or token of the platform that does not expire by itself.
    KEY("key"),
    /// A user's name and password at the platform.
    USER("user"),
    /// An access token and a refresh token; Gatehouse renews.
    OAUTH_INTERNAL("oauth_internal"),
    /// An access token; the organization renews.
    OAUTH_EXTERNAL("oauth_external"),
    /// A client of the platform's, as which Gatehouse obtains tokens (RFC 6749 section 4.4).
    CLIENT_CREDENTIALS("client_credentials"),
    /// A private key, with which Gatehouse signs what it obtains tokens for (RFC 7523 section 2.1).
    JWT_BEARER("jwt_bearer"),
    /// A certificate with its private key, which TLS connections to the platform show; tokens are obtained over
    /// such a connection, where the platform has them (RFC 8705).
    CERTIFICATE("certificate"),
    /// One that a later release made, whose nodes share the database: it is listed, held and revoked like
    /// others, but nothing is called through it here, and none is made.
    UNKNOWN("unknown");

    /// Those that connections are made of.
    public static final List<ConnectionKind> KNOWN =
            Stream.of(values()).filter(kind -> kind != UNKNOWN).toList();

    private final String wire;

    ConnectionKind(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// The kind that is stored under this name.
    public static ConnectionKind stored(String wire) {
        return of(wire).orElse(UNKNOWN);
    }

    /// The kind with this name.
    public static Optional<ConnectionKind> of(String wire) {
        for (ConnectionKind kind : KNOWN) {
            if (kind.wire.equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
