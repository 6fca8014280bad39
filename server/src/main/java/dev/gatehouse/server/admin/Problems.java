package dev.gatehouse.server.admin;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.util.TreeSet;

/// Problems as replies (RFC 9457), and challenges (RFC 6750 section 3).
final class Problems {
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"gatehouse\"";

    private Problems() {}

    static Reply reply(Problem problem) {
        return switch (problem) {
            case Problem.Refused(Refusal refusal) -> reply(refusal);
            case Problem.UnknownField(String name) ->
                Reply.problem(400, "unknown_field", name + " is not taken by this operation");
            case Problem.MissingField(String name) -> Reply.problem(400, "missing_field", name + " is missing");
            case Problem.InvalidField(String name, String allowed) ->
                Reply.problem(400, "invalid_field", name + " must be " + allowed);
            case Problem.InvalidParameter(String name, String allowed) ->
                Reply.problem(400, "invalid_parameter", name + ": " + allowed);
            case Problem.InvalidHeader(String name, String allowed) ->
                Reply.problem(400, "invalid_header", name + ": " + allowed);
            case Problem.PreconditionFailed() ->
                Reply.problem(
                        412, "precondition_failed", "it is not in the state that If-Match or If-None-Match names");
            case Problem.KeyReused() ->
                Reply.problem(422, "idempotency_key_reused", "this Idempotency-Key was used for another request");
            case Problem.Moved() -> Reply.problem(409, "conflict", "others kept changing it; try again");
            case Problem.UnsupportedType() ->
                Reply.problem(415, "unsupported_type", "the body must be application/json in UTF-8, not encoded")
                        .with("Accept", "application/json");
            case Problem.OtherMethods(var allowed) ->
                Reply.problem(405, "method_not_allowed", "this path does not serve that method")
                        .with("Allow", String.join(", ", new TreeSet<>(allowed)));
            case Problem.FromBrowser() ->
                Reply.problem(403, "from_browser", "the admin API is not served to web pages");
            case Problem.Beyond(String what) -> Reply.problem(403, "beyond_own_rights", what);
            case Problem.Conflict(String what) -> Reply.problem(409, "conflict", what);
            case Problem.LastOwner() ->
                Reply.problem(409, "last_owner", "nobody would be left who holds the role owner and can prove it");
            case Problem.Full(String what) -> Reply.problem(409, "limit_reached", what);
        };
    }

    /// Generic outside: every credential that does not count gets the same answer, whatever the reason.
    static Reply reply(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed(String detail) -> invalidRequest(detail);
            case Refusal.SeveralCredentials _ -> invalidRequest("more than one Authorization header");
            case Refusal.NoCredential _ ->
                Reply.problem(401, "unauthenticated", "an API key or access token is needed")
                        .with(CHALLENGE, REALM);
            case Refusal.BadCredential _,
                    Refusal.Held _,
                    Refusal.Revoked _,
                    Refusal.NotYet _,
                    Refusal.Expired _,
                    Refusal.Superseded _,
                    Refusal.WrongAddress _,
                    Refusal.WrongOrigin _,
                    Refusal.WrongApi _,
                    Refusal.NotHolder _,
                    Refusal.WrongUse _,
                    Refusal.NoSecondFactor _,
                    Refusal.BadSubject _,
                    Refusal.BadUser _,
                    Refusal.BadSignature _ ->
                Reply.problem(401, "invalid_token", "the credential is not valid here")
                        .with(CHALLENGE, REALM + ", error=\"invalid_token\"");
            case Refusal.Forbidden(Need need) ->
                Reply.problem(403, "insufficient_scope", "the credential's rights do not reach")
                        .with(CHALLENGE, scope(need));
            case Refusal.BadDetails _ ->
                Reply.problem(400, "bad_authorization_details", "an authorization detail cannot be granted");
            case Refusal.BadScope _ -> Reply.problem(400, "bad_scope", "a scope cannot be granted");
            case Refusal.NotFound _ -> Reply.problem(404, "not_found", "nothing is here");
            case Refusal.TooMany tooMany ->
                QuotaHeaders.refused(Reply.problem(429, "too_many_requests", "try again later"), tooMany);
            case Refusal.Unavailable(String _, Duration after) ->
                Reply.problem(503, "unavailable", "try again").with("Retry-After", seconds(after));
        };
    }

    /// A request that the HTTP boundary could not read or carry.
    static Reply unreadable(int status, String detail) {
        String code = switch (status) {
            case 405 -> "method_not_allowed";
            case 408 -> "request_timeout";
            case 413, 414, 431 -> "too_large";
            case 421 -> "misdirected";
            case 502, 504 -> "bad_upstream";
            case 503 -> "unavailable";
            default -> "invalid_request";
        };
        Reply reply = Reply.problem(status, code, detail);
        return status == 503 ? reply.with("Retry-After", "1") : reply;
    }

    private static Reply invalidRequest(String detail) {
        return Reply.problem(400, "invalid_request", detail);
    }

    private static String scope(Need need) {
        String scopes =
                need.scopes().isEmpty() ? "" : ", scope=\"" + need.scopes().text() + "\"";
        return REALM + ", error=\"insufficient_scope\"" + scopes;
    }

    private static String seconds(Duration after) {
        return Long.toString(Math.max(1, after.plusMillis(999).toSeconds()));
    }

    /// What a write came to.
    static <T> Got<T> stored(Stored<T> stored) {
        return switch (stored) {
            case Stored.Done<T>(T value, var _) -> Got.of(value);
            case Stored.Missing<T>() -> Got.no(Problem.NOT_FOUND);
            case Stored.Conflict<T>(String what, var _) -> Got.no(new Problem.Conflict(what));
            case Stored.Moved<T>() -> Got.no(new Problem.Moved());
            case Stored.Full<T>(String what) -> Got.no(new Problem.Full(what));
            case Stored.Forbidden<T>(Stored.Rule rule) ->
                Got.no(
                        switch (rule) {
                            case LAST_OWNER -> new Problem.LastOwner();
                            case HELD_ABOVE ->
                                new Problem.Beyond("an organization above the caller's has set this hold");
                        });
        };
    }
}
