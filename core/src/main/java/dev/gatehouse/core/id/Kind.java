package dev.gatehouse.core.id;

import java.util.Optional;

/// What an [Id] names, with the prefix of its public form. Prefixes never change: they are printed in scripts and
/// logs.
public enum Kind {
    ORGANIZATION("org"),
    APPLICATION("app"),
    CREDENTIAL("cred"),
    CUSTOMER("cust"),
    USER("user"),
    MEMBERSHIP("memb"),
    SESSION("sess"),
    API("api"),
    ROUTE("route"),
    ROLE("role"),
    KEY("key"),
    TOKEN("tok"),
    GRANT("grant"),
    NODE("node"),
    CONNECTION("conn"),
    CONNECT_SESSION("csess"),
    IDENTITY_PROVIDER("idp");

    private final String prefix;

    Kind(String prefix) {
        this.prefix = prefix;
    }

    /// The part of a public id before the underscore.
    public String prefix() {
        return prefix;
    }

    /// The kind that a prefix belongs to.
    public static Optional<Kind> of(String prefix) {
        for (Kind kind : values()) {
            if (kind.prefix.equals(prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
