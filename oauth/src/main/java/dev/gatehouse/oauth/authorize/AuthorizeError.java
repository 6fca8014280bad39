package dev.gatehouse.oauth.authorize;

/// What a client is told through the browser (RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6).
///
/// @param description for its developers; repeats nothing that was sent
record AuthorizeError(String error, String description) {
    static AuthorizeError invalid(String description) {
        return new AuthorizeError("invalid_request", description);
    }
}
