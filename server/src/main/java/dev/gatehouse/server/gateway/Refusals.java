package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.oauth.dpop.DpopChallenge;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.ProtectedResource;
import java.time.Duration;
import java.util.List;

/// How the standard dialect tells a refusal of an ordinary call: RFC 6750 challenges and RFC 9457 problem bodies.
/// Generic on purpose: a caller never learns whether a key is unknown, held, revoked or cut.
final class Refusals {
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String BEARER = "Bearer ";
    private static final String DPOP = "DPoP ";

    private Refusals() {}

    static Reply reply(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed(String detail) -> invalidRequest(detail);
            case Refusal.SeveralCredentials() -> invalidRequest("more than one credential was sent");
            // RFC 6750 section 3.1: without any credential the challenge carries no error code.
            case Refusal.NoCredential() ->
                Reply.problem(
                                401,
                                "unauthenticated",
                                "This call needs a credential: send Authorization: Bearer <key or token>.")
                        .with(CHALLENGE, "Bearer");
            case Refusal.BadCredential _,
                    Refusal.Held _,
                    Refusal.Revoked _,
                    Refusal.NotYet _,
                    Refusal.Expired _,
                    Refusal.Superseded _,
                    Refusal.WrongAddress _,
                    Refusal.WrongApi _,
                    Refusal.WrongUse _,
                    Refusal.NoSecondFactor _,
                    Refusal.BadSubject _,
                    Refusal.BadUser _ ->
                Reply.problem(401, "invalid_token", "The credential is not valid for this call.")
                        .with(CHALLENGE, "Bearer error=\"invalid_token\"");
            case Refusal.NotHolder lacking -> notHolder(lacking);
            // No challenge: the credential is in order, and no other would do.
            case Refusal.BadSignature _ ->
                Reply.problem(
                        403, "bad_signature", "This call has to be signed, by a key of the application that makes it.");
            // GAUNTLET I01-I03: no challenge, since no other credential would help this page
            case Refusal.WrongOrigin _ ->
                Reply.problem(403, "origin_not_allowed", "The credential is not for pages of this origin.");
            case Refusal.Forbidden(Need need) ->
                Reply.problem(
                                403,
                                "insufficient_scope",
                                "The credential does not carry the rights that this call needs.")
                        .with(CHALLENGE, insufficient(need));
            case Refusal.BadScope(), Refusal.BadDetails() ->
                Reply.problem(
                                403,
                                "insufficient_scope",
                                "The credential does not carry the rights that this call needs.")
                        .with(CHALLENGE, insufficient(new Need.Authenticated()));
            case Refusal.NotFound() -> Reply.problem(404, "not_found", "There is nothing at this path.");
            case Refusal.TooMany tooMany ->
                QuotaHeaders.refused(
                        Reply.problem(429, "too_many_requests", "Too many requests; try again later."), tooMany);
            case Refusal.Unavailable(String _, Duration retryAfter) ->
                Reply.problem(503, "unavailable", "The request cannot be decided at the moment; try again.")
                        .with("Retry-After", seconds(retryAfter));
        };
    }

    /// The same for a call of an Api, in the scheme that it used (RFC 9449 section 7.1). Whoever has no credential
    /// that counts is told where it says who issues them (RFC 9728 section 5.1).
    static Reply reply(Refusal refusal, HttpFacts call, Api api) {
        Reply reply = schemed(refusal, call);
        if (reply.status() != 401) {
            return reply;
        }
        List<Header> headers = reply.headers().stream()
                .map(header -> header.name().equals(CHALLENGE)
                        ? new Header(CHALLENGE, leading(header.value(), ProtectedResource.parameter(api)))
                        : header)
                .toList();
        return new Reply(reply.status(), headers, reply.body(), reply.close());
    }

    private static String leading(String challenge, String parameter) {
        return challenge + (challenge.contains(" ") ? ", " : " ") + parameter;
    }

    private static Reply schemed(Refusal refusal, HttpFacts call) {
        Reply reply = reply(refusal);
        boolean bound = call.values("Authorization").stream()
                .anyMatch(value -> value.regionMatches(true, 0, DPOP, 0, DPOP.length()));
        if (!bound || refusal instanceof Refusal.NotHolder) {
            return reply;
        }
        List<Header> headers = reply.headers().stream()
                .map(header -> header.name().equals(CHALLENGE) && header.value().startsWith(BEARER)
                        ? new Header(CHALLENGE, DPOP + header.value().substring(BEARER.length()))
                        : header)
                .toList();
        return new Reply(reply.status(), headers, reply.body(), reply.close());
    }

    private static Reply notHolder(Refusal.NotHolder refusal) {
        String word = DpopChallenge.word(refusal);
        Reply reply = Reply.problem(401, word, "The credential needs a proof of its key, made for this call.")
                .with(CHALLENGE, DpopChallenge.of(refusal));
        return refusal.nonce()
                .map(nonce -> reply.with(Holders.NONCE_HEADER, nonce))
                .orElse(reply);
    }

    private static Reply invalidRequest(String detail) {
        return Reply.problem(400, "invalid_request", detail).with(CHALLENGE, "Bearer error=\"invalid_request\"");
    }

    private static String insufficient(Need need) {
        String challenge = "Bearer error=\"insufficient_scope\"";
        String typed = need.detail()
                .map(type -> ", error_description=\"authorization_details of the type " + type + " are needed\"")
                .orElse("");
        return need.scopes().isEmpty()
                ? challenge + typed
                : challenge + typed + ", scope=\"" + need.scopes().text() + "\"";
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
