package dev.gatehouse.server.gateway;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.server.UndecidedTable;
import dev.gatehouse.server.connect.ConnectionFault;
import dev.gatehouse.testkit.EveryRefusal;
import dev.gatehouse.testkit.ReferencePage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The refusals of the gateway are in the reference, every one of them.
class RefusalReferenceTest {
    /// What happened, for the provider who reads the reason, and what to do.
    private record Told(String meaning, String next) {}

    @Test
    void everyRefusalOfTheGatewayIsOnThePage() {
        Map<Class<?>, String> reasons = new LinkedHashMap<>();
        Map<Class<?>, Refusal> one = new LinkedHashMap<>();
        for (Refusal refusal : EveryRefusal.all()) {
            reasons.merge(refusal.getClass(), "`" + refusal.reason() + "`", (some, more) -> some + " " + more);
            one.put(refusal.getClass(), refusal);
        }
        ReferencePage.section(
                "errors.md",
                "gateway",
                "| reason in the log | what happened | the caller sees | what to do |\n|---|---|---|---|\n"
                        + one.values().stream()
                                .map(refusal -> line(reasons.get(refusal.getClass()), refusal))
                                .collect(Collectors.joining()));
    }

    @Test
    void whatTheGatewayAnswersBeforeItDecidesIsOnThePage() {
        UndecidedTable.check(status -> Unreadable.reply(status, ""));
    }

    @Test
    void whatCallsThroughConnectionsAnswerIsOnThePage() {
        ReferencePage.section(
                "errors.md",
                "connections",
                "| the caller sees | what happened | what to do |\n|---|---|---|\n"
                        + Stream.of(ConnectionFault.values())
                                .map(fault -> "| " + fault.status() + " `" + fault.word() + "` | " + fault.told()
                                        + " | " + next(fault) + " |\n")
                                .collect(Collectors.joining()));
    }

    private static String next(ConnectionFault fault) {
        return switch (fault) {
            case CONNECTION_NEEDS_REAUTH -> "Put another credential in its place; the id stays.";
            case CONNECTION_EXPIRED -> "Renew the token at the platform and put it in its place.";
            case CONNECTION_NOT_ACTIVE -> "Look at its `state`; resume it, or connect another.";
            case NOT_FOUND -> "Name a connection of the caller's own organization.";
            case NO_PLATFORM_CALL ->
                "Leave out parameters that the credential goes into; send a path and query in ASCII.";
            case CERTIFICATE_REFUSED ->
                "Look whether the platform still takes the certificate; put another in its place if not.";
            case PLATFORM_UNREACHABLE -> "Try again; for a host that is not on the public internet see `egress.allow`.";
            case PLATFORM_SLOW -> "Look whether the call was done before it is sent again.";
            case PLATFORM_ANSWER_TOO_LARGE -> "Ask for less at once; the call was done.";
        };
    }

    private static String line(String reasons, Refusal refusal) {
        Told told = told(refusal);
        return "| " + reasons + " | " + told.meaning() + " | " + seen(Refusals.reply(refusal)) + " | " + told.next()
                + " |\n";
    }

    private static String seen(Reply reply) {
        String headers = reply.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase("Vary"))
                .map(Header::name)
                .distinct()
                .map(name -> ", `" + name + "`")
                .collect(Collectors.joining());
        return reply.status() + " `" + ((Body.Json) reply.body()).members().get("code") + "`" + headers;
    }

    private static Told told(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed _ ->
                new Told("The credential, or what carries it, cannot be read.", "Correct what `detail` names.");
            case Refusal.SeveralCredentials _ ->
                new Told("More than one credential was sent.", "Send one, in one place.");
            case Refusal.NoCredential _ ->
                new Told("The route needs a credential and there is none.", "Send `Authorization: Bearer ...`.");
            case Refusal.BadCredential _ ->
                new Told(
                        "Unknown, mistyped, forged, of another Api, or a wrong secret.",
                        "Compare the key's hint with `gatehouse key list`; issue another if it is lost.");
            case Refusal.Held _ ->
                new Told(
                        "The organization, application, credential or customer is held.",
                        "Lift the hold, if it is right.");
            case Refusal.Revoked _ -> new Told("It, or the token, was revoked; that is for good.", "Make another.");
            case Refusal.NotYet _ -> new Told("Its window has not begun.", "Wait, or change `not_before`.");
            case Refusal.Expired _ ->
                new Told(
                        "Its window, or the token's life, is over.",
                        "Get another token; change `expires_at` of what has expired, or rotate it.");
            case Refusal.Superseded _ -> new Told("The token is older than a cut of the member.", "Get another token.");
            case Refusal.WrongAddress _ ->
                new Told("The caller's address is not among `addresses`.", "Call from there, or change `addresses`.");
            case Refusal.WrongOrigin _ ->
                new Told(
                        "The token is for pages of another origin, or for pages and no page sent it.",
                        "Call from the origin that the token was issued to; renew it there.");
            case Refusal.WrongApi _ ->
                new Told("The credential may not be used at this Api.", "Change `apis`, or use another credential.");
            case Refusal.NotHolder(Refusal.Lacking lacking, var _) ->
                switch (lacking) {
                    case PROOF ->
                        new Told(
                                "The `DPoP` header is no proof of a key for this method and address, is too old, or was used"
                                        + " before (RFC 9449).",
                                "Sign a new proof for each request.");
                    case NONCE ->
                        new Told(
                                "The proof carries no nonce of this server, or an old one.",
                                "Sign another proof with the nonce of the header `DPoP-Nonce`.");
                    case EITHER ->
                        new Told(
                                "The token has to be bound, and there is neither a proof of a key nor a certificate of the"
                                        + " connection (FAPI 2.0).",
                                "Send a `DPoP` proof, or connect with a certificate.");
                    case CERTIFICATE ->
                        new Told(
                                "The token is bound to a certificate (`cnf` names its `x5t#S256`) and came over a"
                                        + " connection that has shown none, or another one (RFC 8705).",
                                "Call with the certificate that the token was issued over; behind a proxy, have that tell"
                                        + " it (`certificate-header`).");
                    case BINDING ->
                        new Told(
                                "The token is bound to a key and came without a proof of that key, or it is bound to none and"
                                        + " came with the scheme `DPoP`.",
                                "Send `Authorization: DPoP` and the proof for a token of `token_type` `DPoP`, `Bearer` for others.");
                };
            case Refusal.NoSecondFactor _ ->
                new Told(
                        "A person's organization wants a second factor, and the password was shown alone, now or"
                                + " when the session or the grant began.",
                        "Sign in on the pages, where the second factor is asked for.");
            case Refusal.WrongUse _ ->
                new Told(
                        "A client secret was sent on a call, or a token whose application may no longer act for"
                                + " customers here, or for whose token it exchanged.",
                        "Get a token for it, or use an API key; give the application `tokens:delegate`,"
                                + " `tokens:exchange` or `tokens:impersonate` again.");
            case Refusal.BadSubject _ ->
                new Told("Never on a call: what is to be exchanged for a token is none.", "Name another subject.");
            case Refusal.BadUser _ ->
                new Told("Never on a call: the secret of a user beside an application's is none.", "Show another.");
            case Refusal.BadSignature _ ->
                new Told(
                        "The route is `signed`: there is no signature, or it is wrong, or too old, or of no key of this"
                                + " application; or forward-auth was asked, which never sees what is signed.",
                        "Sign the call as the dialect of the Api says, with a `signing_key`; compare the clocks.");
            case Refusal.Forbidden _ ->
                new Told(
                        "Known and alive, without a scope that the route needs.",
                        "Give the credential, or the role, one of the scopes that the challenge names.");
            case Refusal.BadDetails _ ->
                new Told("An authorization detail was asked for that may not be granted.", "Ask for others.");
            case Refusal.BadScope _ -> new Told("A scope was asked for that may not be granted.", "Ask for others.");
            case Refusal.NotFound _ ->
                new Told("No route has this path, or the Api has no upstream.", "Add the route, or the upstream.");
            case Refusal.TooMany _ -> new Told("Too many requests.", "Wait as long as `Retry-After` says.");
            case Refusal.Unavailable _ ->
                new Told(
                        "This node cannot decide: its facts are not fresh, or a key is missing; `what` of the line says which.",
                        "The caller tries again; the provider looks at `/readyz` and the database.");
        };
    }
}
