package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.dpop.DpopChallenge;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.token.AskedClaims;
import dev.gatehouse.oauth.token.ClientJwts;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.oauth.token.UserClaims;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/oauth2/userinfo` (OpenID Connect Core section 5.3): what the token's scopes tell of its user. The token
/// comes in the Authorization header, or by POST in the body (RFC 6750 section 2). Blocks.
public final class UserInfoEndpoint {
    private static final Pattern SHOWN = Pattern.compile("(?i:(bearer|dpop)) +([A-Za-z0-9._~+/-]+=*)");
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final UserStore users;
    private final Limiter limiter;
    private final Holders holders;
    private final SignedReplies signed;
    private final GrantStore grants;
    private final Subjects subjects;

    /// A token as it was shown.
    ///
    /// @param bound whether with a proof of a key
    private record Shown(Secret text, boolean bound) {}

    /// An endpoint for all Apis.
    ///
    /// @param limiter charges each answer
    /// @param holders tells who has the key that a token is bound to
    /// @param jwts signs answers for clients that want that
    /// @param grants know what clients asked to be told
    /// @param subjects what clients know users as
    public UserInfoEndpoint(
            Verifier verifier,
            UserStore users,
            Limiter limiter,
            Holders holders,
            ClientJwts jwts,
            GrantStore grants,
            Subjects subjects,
            InstantSource clock) {
        this.verifier = verifier;
        this.users = users;
        this.limiter = limiter;
        this.holders = holders;
        this.signed = new SignedReplies(jwts, clock);
        this.grants = grants;
        this.subjects = subjects;
    }

    /// Answers, reading the database when it must.
    public Reply answer(HttpFacts http, Api api) {
        if (!http.method().equals("GET") && !http.method().equals("POST")) {
            return Reply.problem(405, "method-not-allowed", "the method must be GET or POST")
                    .with("Allow", "GET, POST");
        }
        if (!api.openId()) {
            return Reply.problem(404, "not-found", "this Api is no OpenID provider");
        }
        Optional<Shown> token = token(http);
        if (token.isEmpty()) {
            return challenged(401, "");
        }
        return token.get().bound()
                ? bound(http, api, token.get().text())
                : decided(http, api, Presented.bearer(token.get().text(), http.thumbprint()), Optional.empty());
    }

    private Reply bound(HttpFacts http, Api api, Secret token) {
        Optional<Refusal.TooMany> closed = verifier.closed(api, ask(http));
        if (closed.isPresent()) {
            return refused(closed.get(), true);
        }
        return switch (holders.calling(http, api, Metadata.addresses(api, Metadata.USERINFO_PATH), token)) {
            case Holders.Looked.Nothing() -> notHolder(new Refusal.NotHolder(Refusal.Lacking.PROOF));
            case Holders.Looked.Refused(Refusal.NotHolder refusal) -> notHolder(refusal);
            case Holders.Looked.Proven(DpopProof proof) ->
                decided(http, api, new Presented.Bound(token, proof.key()), Optional.of(proof));
        };
    }

    private static Ask ask(HttpFacts http) {
        return new Ask.Call(new Need.AllOf(Scopes.of(Identity.OPENID)), http.from(), http.origin());
    }

    /// @param proof used up by the answer
    private Reply decided(HttpFacts http, Api api, Presented presented, Optional<DpopProof> proof) {
        try {
            return switch (verifier.verifyAtOnce(presented, api, ask(http), http.arrivedNanos())) {
                case Checked.Refused(Refusal refusal) -> refused(refusal, proof.isPresent());
                case Checked.Allowed(Verdict.Allowed allowed) ->
                    proof.isEmpty() || proof.get().fits(allowed)
                            ? charged(http, api, allowed, proof)
                            : notHolder(new Refusal.NotHolder(Refusal.Lacking.PROOF));
            };
        } catch (FactsUnavailable e) {
            return new OAuthError.Unavailable(RETRY).reply();
        }
    }

    /// One carrier and no other (RFC 6750 section 2); never the query.
    private static Optional<Shown> token(HttpFacts http) {
        List<String> headers = http.values("Authorization");
        Optional<String> body = http.method().equals("POST") && http.body().length() > 0
                ? FormRequest.read(http) instanceof FormRequest.Read.Sent(Form form)
                        ? form.value("access_token")
                        : Optional.empty()
                : Optional.empty();
        if (headers.isEmpty()) {
            return body.map(text -> new Shown(Secret.of(text), false));
        }
        Matcher matcher = SHOWN.matcher(headers.getFirst());
        return headers.size() == 1 && body.isEmpty() && matcher.matches()
                ? Optional.of(
                        new Shown(Secret.of(matcher.group(2)), matcher.group(1).equalsIgnoreCase("dpop")))
                : Optional.empty();
    }

    private Reply charged(HttpFacts http, Api api, Verdict.Allowed allowed, Optional<DpopProof> proof) {
        return switch (limiter.request(api, allowed, http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> refused(refusal, false);
            case Charge.Made charge -> {
                Optional<Refusal> used = proof.flatMap(holders::use);
                if (used.isPresent()) {
                    limiter.refund(charge);
                    yield refused(used.get(), true);
                }
                try {
                    Reply reply = about(allowed);
                    yield charge.left()
                            .map(left -> QuotaHeaders.on(reply, left))
                            .orElse(reply);
                } catch (FactsUnavailable e) {
                    limiter.refund(charge);
                    throw e;
                }
            }
        };
    }

    private Reply about(Verdict.Allowed allowed) {
        if (!(allowed.members().holder() instanceof Person person)) {
            return challenged(403, "insufficient_scope");
        }
        Optional<Application> client = allowed.client();
        String subject = subjects.of(allowed, person);
        AskedClaims asked = asked(allowed);
        return users.user(person.user())
                .map(user -> UserClaims.userInfo(user, subject, allowed.scopes(), asked))
                .map(claims -> client.filter(SignedReplies::ofPeople)
                        .map(one -> signed.userInfo(claims, allowed.facts().api(), one))
                        .orElseGet(() -> Reply.json(200, claims))
                        .with("Cache-Control", "no-store"))
                .orElseGet(() -> challenged(401, "invalid_token"));
    }

    /// What a client asked for that has a user's secret, it asked for by scopes.
    private AskedClaims asked(Verdict.Allowed allowed) {
        return allowed.lineage()
                .granted()
                .map(Lineage.Granted::grant)
                .filter(grant -> grant.kind() == Kind.GRANT)
                .map(grant -> grants.asked(grant)
                        .map(asked -> AskedClaims.kept(asked.text()))
                        .orElse(AskedClaims.UNKNOWN))
                .orElse(AskedClaims.NONE);
    }

    private static Reply refused(Refusal refusal, boolean bound) {
        if (refusal instanceof Refusal.NotHolder lacking) {
            return notHolder(lacking);
        }
        OAuthError error = OAuthError.of(refusal, false);
        if (error instanceof OAuthError.Unavailable || error instanceof OAuthError.TooMany) {
            return error.reply();
        }
        boolean forbidden = refusal instanceof Refusal.Forbidden;
        String word = forbidden ? "insufficient_scope" : "invalid_token";
        return bound
                ? challenge(forbidden ? 403 : 401, DpopChallenge.of(word))
                : challenged(forbidden ? 403 : 401, word);
    }

    private static Reply notHolder(Refusal.NotHolder refusal) {
        Reply reply = challenge(401, DpopChallenge.of(refusal));
        return refusal.nonce()
                .map(nonce -> reply.with(Holders.NONCE_HEADER, nonce))
                .orElse(reply);
    }

    /// RFC 6750 section 3: who showed nothing is told no error.
    private static Reply challenged(int status, String error) {
        return challenge(status, error.isEmpty() ? "Bearer" : "Bearer error=\"" + error + "\"");
    }

    private static Reply challenge(int status, String challenge) {
        return Reply.empty(status).with("WWW-Authenticate", challenge).with("Cache-Control", "no-store");
    }
}
