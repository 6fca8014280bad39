package dev.gatehouse.oauth.authorize;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the answer travels back to the client. Never in a fragment: no token is ever in an answer.
enum ResponseMode {
    /// In the query of a redirect, the usual way of codes.
    QUERY("query", false, false),
    /// In a form that the browser posts (OAuth 2.0 Form Post Response Mode).
    FORM_POST("form_post", true, false),
    /// In the way of the response type, signed: for codes in the query (JARM section 2.3.4).
    JWT("jwt", false, true),
    /// In the query of a redirect, signed (JARM section 2.3.1).
    QUERY_JWT("query.jwt", false, true),
    /// In a form that the browser posts, signed (JARM section 2.3.3).
    FORM_POST_JWT("form_post.jwt", true, true);

    private final String wire;
    private final boolean posted;
    private final boolean signed;

    ResponseMode(String wire, boolean posted, boolean signed) {
        this.wire = wire;
        this.posted = posted;
        this.signed = signed;
    }

    /// All names.
    static List<String> names() {
        return Arrays.stream(values()).map(mode -> mode.wire).toList();
    }

    boolean posted() {
        return posted;
    }

    /// Whether the answer is one JWT.
    boolean signed() {
        return signed;
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
