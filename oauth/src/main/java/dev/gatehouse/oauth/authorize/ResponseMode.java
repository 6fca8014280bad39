package dev.gatehouse.oauth.authorize;

import java.util.Optional;

/// How the answer travels back to the client. Never in a fragment: no token is ever in an answer.
enum ResponseMode {
    /// In the query of a redirect, the usual way of codes.
    QUERY("query"),
    /// In a form that the browser posts (OAuth 2.0 Form Post Response Mode).
    FORM_POST("form_post");

    private final String wire;

    ResponseMode(String wire) {
        this.wire = wire;
    }

    String wire() {
        return wire;
    }

    static Optional<ResponseMode> of(String wire) {
        for (ResponseMode mode : values()) {
            if (mode.wire.equals(wire)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
