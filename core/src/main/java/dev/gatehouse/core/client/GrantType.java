package dev.gatehouse.core.client;

import java.util.Optional;

/// On what ground a client asks for tokens.
public enum GrantType {
    /// For itself (RFC 6749 section 4.4).
    CLIENT_CREDENTIALS("client_credentials"),
    /// In exchange for another token, or for a customer (RFC 8693).
    TOKEN_EXCHANGE("urn:ietf:params:oauth:grant-type:token-exchange"),
    /// On the word of an issuer that is trusted (RFC 7523 section 2.1).
    JWT_BEARER("urn:ietf:params:oauth:grant-type:jwt-bearer"),
    /// For a user who said yes on another device (RFC 8628).
    DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
    /// For a user who was asked in a back channel and said yes (OpenID Connect CIBA Core).
    CIBA("urn:openid:params:grant-type:ciba"),
    /// For a user who said yes (RFC 6749 section 4.1).
    AUTHORIZATION_CODE("authorization_code"),
    /// For a user who said yes, at once and once (OpenID Connect Core section 3.2).
    IMPLICIT("implicit"),
    /// For the same user again, later (RFC 6749 section 6).
    REFRESH_TOKEN("refresh_token");

    private final String wire;

    GrantType(String wire) {
        this.wire = wire;
    }

    /// The name in requests, APIs, files and storage.
    public String wire() {
        return wire;
    }

    /// The grant of a name.
    public static Optional<GrantType> of(String wire) {
        for (GrantType type : values()) {
            if (type.wire.equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
