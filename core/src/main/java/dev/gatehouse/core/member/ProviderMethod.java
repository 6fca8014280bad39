package dev.gatehouse.core.member;

import java.util.Optional;
import java.util.stream.Stream;

/// How Gatehouse proves itself at the token endpoint of an identity provider (OpenID Connect Core section 9).
public enum ProviderMethod {
    /// The secret in the header `Authorization`.
    SECRET_BASIC("client_secret_basic"),
    /// The secret in the body.
    SECRET_POST("client_secret_post"),
    /// An assertion under the installation's key, whose public part is at `/oauth2/assertion-keys` of each Api.
    PRIVATE_KEY_JWT("private_key_jwt");

    private final String wire;

    ProviderMethod(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files, metadata and storage.
    public String wire() {
        return wire;
    }

    /// Whether the provider gave a secret for it.
    public boolean secret() {
        return this != PRIVATE_KEY_JWT;
    }

    /// The reverse of [#wire()].
    public static Optional<ProviderMethod> of(String wire) {
        return Stream.of(values()).filter(one -> one.wire.equals(wire)).findFirst();
    }
}
