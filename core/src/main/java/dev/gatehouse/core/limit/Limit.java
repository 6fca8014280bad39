package dev.gatehouse.core.limit;

/// Which limit a bucket belongs to.
public enum Limit {
    /// What a credential says of itself, at all Apis together.
    KEY("key"),
    /// What an Api says of each credential.
    CREDENTIAL("credential"),
    /// What an Api says of each domain key.
    DOMAIN_KEY("domain_key"),
    /// What a route says of each credential.
    ROUTE("route"),
    /// What a wire format says of an operation, of each credential or of an organization.
    OPERATION("operation"),
    /// What an Api says of each address.
    ADDRESS("address"),
    /// What an Api says of each address that shows what is no credential.
    GUESSES("guesses");

    private final String word;

    Limit(String word) {
        this.word = word;
    }

    /// What callers are told that it is.
    public String word() {
        return word;
    }
}
