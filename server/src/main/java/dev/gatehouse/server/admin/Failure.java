package dev.gatehouse.server.admin;

import java.util.List;
import java.util.stream.Stream;

/// A status of refusals, with the `code`s that problems with it have.
enum Failure {
    BAD_REQUEST(
            400,
            "The request is not what the operation takes: `invalid_request`, `unknown_field`, `missing_field`,"
                    + " `invalid_field`, `invalid_parameter`, `invalid_header`."),
    UNAUTHENTICATED(401, "No credential, or none that is valid here: `unauthenticated`, `invalid_token`."),
    FORBIDDEN(
            403,
            "The credential lacks the scope, the caller would go beyond its own rights, or a web page is asking:"
                    + " `insufficient_scope`, `beyond_own_rights`, `from_browser`."),
    NOT_FOUND(404, "Nothing that the caller may see is there: `not_found`."),
    CONFLICT(409, "What is stored stands in the way: `conflict`, `limit_reached`, `last_owner`."),
    PRECONDITION_FAILED(412, "It is not in the state that `If-Match` or `If-None-Match` names: `precondition_failed`."),
    TOO_LARGE(413, "The body is too large: `too_large`."),
    UNSUPPORTED_TYPE(415, "The body is not plain `application/json`: `unsupported_type`."),
    UNPROCESSABLE(422, "The `Idempotency-Key` was used for another request: `idempotency_key_reused`."),
    TOO_MANY(429, "Too many requests, see `Retry-After`: `too_many_requests`."),
    UNAVAILABLE(503, "Something that is needed is not there, see `Retry-After`: `unavailable`.");

    private final int status;
    private final String about;

    Failure(int status, String about) {
        this.status = status;
        this.about = about;
    }

    /// Those that an operation may answer with.
    static List<Failure> of(Row row) {
        return Stream.of(values()).filter(failure -> failure.possible(row)).toList();
    }

    private boolean possible(Row row) {
        return switch (this) {
            case BAD_REQUEST, UNAUTHENTICATED, FORBIDDEN, TOO_MANY, UNAVAILABLE -> true;
            case NOT_FOUND -> names(row);
            case CONFLICT, PRECONDITION_FAILED, TOO_LARGE, UNSUPPORTED_TYPE, UNPROCESSABLE -> row.writes();
        };
    }

    /// Whether the request says which one it is about: in the path, the query or the body.
    private static boolean names(Row row) {
        return !row.variables().isEmpty() || row.query().contains("parent") || row.writes();
    }

    String code() {
        return Integer.toString(status);
    }

    String about() {
        return about;
    }
}
