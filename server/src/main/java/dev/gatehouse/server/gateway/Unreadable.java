package dev.gatehouse.server.gateway;

import dev.gatehouse.core.http.Reply;

/// The problem body of a request that never came to a decision: ambiguous, too large, too slow, or without an
/// upstream to answer it.
final class Unreadable {
    private Unreadable() {}

    static Reply reply(int status, String detail) {
        return Reply.problem(status, code(status), detail);
    }

    private static String code(int status) {
        return switch (status) {
            case 405 -> "method_not_allowed";
            case 408 -> "request_timeout";
            case 413, 414, 431 -> "too_large";
            case 421 -> "misdirected";
            case 502, 504 -> "bad_upstream";
            case 503 -> "unavailable";
            default -> "invalid_request";
        };
    }
}
