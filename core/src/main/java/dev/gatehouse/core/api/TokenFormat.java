package dev.gatehouse.core.api;

/// How an Api's access tokens look. All formats carry the same claims and lineage and are revocable at once
/// wherever Gatehouse decides.
public enum TokenFormat {
    /// A signed JWT (RFC 9068), for Apis whose services verify by themselves.
    JWT("jwt"),
    /// Authenticated encryption that only Gatehouse reads: nothing stored, nothing leaks.
    SEALED("sealed");

    private final String wire;

    TokenFormat(String wire) {
        this.wire = wire;
    }

    /// The name in APIs, files and storage.
    public String wire() {
        return wire;
    }
}
