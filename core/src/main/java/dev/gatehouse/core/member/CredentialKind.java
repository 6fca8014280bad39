package dev.gatehouse.core.member;

/// How a credential proves its member.
public enum CredentialKind {
    /// One string that is both name and proof, sent on each call.
    API_KEY("api_key"),
    /// Proves the public id (`client_id`) of an application; exchanged for tokens.
    SECRET("secret"),
    /// Public: web pages of the origins that it is bound to carry it, and exchange it for short tokens.
    DOMAIN_KEY("domain_key"),
    /// Proves the public id of an application, which signs with the private key that nobody else has.
    PUBLIC_KEY("public_key"),
    /// A user's own, shown beside what proves an application, which then acts for that user. Opens nothing alone.
    USER_SECRET("user_secret"),
    /// What an application signs its requests with, besides what it is known by. Opens nothing alone.
    SIGNING_KEY("signing_key"),
    /// Proves a user. Chosen by a person and therefore weak: it is stretched before a digest of it is kept.
    PASSWORD("password"),
    /// Says that a user is somebody at an identity provider. Nothing is known by it that anybody could show: the
    /// provider proves the user, each time anew.
    IDENTITY("identity");

    private final String wire;

    CredentialKind(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }
}
