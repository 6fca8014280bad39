package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.token.Acr;
import dev.gatehouse.oauth.token.ActClaim;
import dev.gatehouse.oauth.token.ClientJwts;
import dev.gatehouse.oauth.token.RefreshTokens;
import dev.gatehouse.oauth.token.Subjects;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// `POST /oauth2/introspect` (RFC 7662): who asks, whether the token counts, whether the one may know of the
/// other. A token that does not count and one that the caller may not know of get the same answer, byte for byte,
/// always as plain JSON (RFC 7662 sections 2.2 and 4, GAUNTLET G03).
public final class IntrospectionEndpoint {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final AssertedClients signers;
    private final Introspectors introspectors;
    private final RefreshQuestions refreshes;
    private final Limiter limiter;
    private final SignedReplies signed;
    private final Subjects subjects;

    /// An endpoint for all Apis.
    ///
    /// @param jwts signs answers for whoever wants that
    /// @param subjects what clients know users as
    /// @param signers finds clients that sign what proves them
    /// @param refreshes finds what refresh tokens are of
    public IntrospectionEndpoint(
            Verifier verifier,
            AssertedClients signers,
            FactSource facts,
            RefreshQuestions refreshes,
            Limiter limiter,
            ClientJwts jwts,
            Subjects subjects,
            InstantSource clock) {
        this.verifier = verifier;
        this.signers = signers;
        this.introspectors = new Introspectors(facts);
        this.refreshes = refreshes;
        this.limiter = limiter;
        this.signed = new SignedReplies(jwts, clock);
        this.subjects = subjects;
    }

    /// Answers from memory; empty when that does not suffice and [#answer] must be asked on a thread that may
    /// block.
    public Optional<Reply> tryAnswer(HttpFacts http, Api api) {
        return SignedReplies.wanted(http, api) || http.certificate().isPresent()
                ? Optional.empty()
                : answer(
                        http,
                        api,
                        (presented, ask) -> verifier.verify(presented, api, ask, http.arrivedNanos()),
                        false);
    }

    /// Answers, reading the database when it must.
    public Reply answer(HttpFacts http, Api api) {
        return answer(
                        http,
                        api,
                        (presented, ask) -> verifier.verifyLoading(presented, api, ask, http.arrivedNanos()),
                        true)
                .orElseGet(() -> new OAuthError.Unavailable(RETRY).reply());
    }

    private Optional<Reply> answer(
            HttpFacts http, Api api, BiFunction<Presented, Ask, Checked> check, boolean mayBlock) {
        return switch (TokenQuestion.read(http, read -> mayBlock ? signers.proven(read, http, api) : read)) {
            case TokenQuestion.Read.Failed(OAuthError error) -> Optional.of(error.reply());
            case TokenQuestion.Read.Signed _ -> Optional.empty();
            case TokenQuestion.Read.Public _ -> Optional.of(new OAuthError.InvalidClient(false).reply());
            case TokenQuestion.Read.Asked(TokenQuestion question) ->
                switch (check.apply(question.client(), new Ask.Authenticate(http.from()))) {
                    case Checked.Cold() -> Optional.empty();
                    case Checked.Refused(Refusal refusal) ->
                        Optional.of(OAuthError.of(refusal, question.byHeader()).reply());
                    case Checked.Allowed(Verdict.Allowed caller)
                    when !mayBlock && signs(http, api, caller) -> Optional.empty();
                    case Checked.Allowed(Verdict.Allowed caller) ->
                        (RefreshTokens.recognises(question.token())
                                        ? refresh(http, question, api, caller, mayBlock)
                                        : about(question, api, caller, check))
                                .map(reply -> reply.status() == 200 ? signed(reply, http, api, caller) : reply);
                };
        };
    }

    /// Whether the answer is signed, for which a key may have to be read or drawn first.
    private static boolean signs(HttpFacts http, Api api, Verdict.Allowed caller) {
        return caller.members().holder() instanceof Application asking
                && (SignedReplies.wanted(http, api) || SignedReplies.required(asking, api));
    }

    /// A token that does not count and one that the caller may not know of are said in the same words here, too.
    private Reply signed(Reply answer, HttpFacts http, Api api, Verdict.Allowed caller) {
        try {
            Reply said = signs(http, api, caller) && caller.members().holder() instanceof Application asking
                    ? signed.introspection(answer, api, asking)
                    : answer;
            return charged(said, http, api, caller);
        } catch (FactsUnavailable _) {
            return new OAuthError.Unavailable(RETRY).reply();
        }
    }

    /// Questions that got an answer are charged to who asks, never to whom they are about.
    private Reply charged(Reply answer, HttpFacts http, Api api, Verdict.Allowed caller) {
        return switch (limiter.question(api, caller, http.from())) {
            case Charge.TooMuch(Refusal.TooMany refusal) -> new OAuthError.TooMany(refusal).reply();
            case Charge.Made(var _, Optional<Quota> left) ->
                left.map(quota -> QuotaHeaders.on(answer, quota)).orElse(answer);
        };
    }

    /// The token is judged whoever asks, so that a stranger's question takes the way of everybody's. What this
    /// node cannot tell now is never called inactive.
    private Optional<Reply> about(
            TokenQuestion question, Api api, Verdict.Allowed caller, BiFunction<Presented, Ask, Checked> check) {
        return switch (check.apply(new Presented.Questioned(question.token()), new Ask.Introspect())) {
            case Checked.Cold() -> Optional.empty();
            case Checked.Refused(Refusal.Unavailable unavailable) ->
                Optional.of(OAuthError.of(unavailable, question.byHeader()).reply());
            case Checked.Refused _ -> Optional.of(inactive());
            case Checked.Allowed(Verdict.Allowed token) ->
                Optional.of(
                        token.facts() instanceof Facts.Derived derived && introspectors.mayLearn(caller, derived)
                                ? active(derived.claims(), token, api)
                                : inactive());
        };
    }

    /// RFC 7662 section 2.2. Scopes and details are those that the token has now, not those that it was issued
    /// with. `acr` is what a token that can be read says of its user (RFC 9470 section 6.2).
    private static Reply active(Claims claims, Verdict.Allowed now, Api api) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        DetailsParameter.tell(now.scopes(), now.details(), members); // RFC 9396 section 9.2
        members.put("client_id", claims.clientId());
        members.put("token_type", TokenEndpoint.tokenType(claims));
        claims.key().ifPresent(key -> confirmed(members, key));
        members.put("exp", claims.expiresAt().getEpochSecond());
        members.put("iat", claims.issuedAt().getEpochSecond());
        members.put("sub", claims.subject());
        claims.lineage().granted().filter(Lineage.Granted::sure).ifPresent(_ -> members.put("acr", Acr.ALL.getLast()));
        ActClaim.of(claims.acting()).ifPresent(act -> members.put("act", act));
        claims.origin().ifPresent(origin -> members.put("origin", origin.text()));
        members.put("aud", api.audience());
        members.put("iss", api.issuer());
        members.put("jti", claims.id().text());
        return uncached(Reply.json(200, members));
    }

    /// Its client learns of a refresh token, and nobody else: nobody else ever meets one.
    private Optional<Reply> refresh(
            HttpFacts http, TokenQuestion question, Api api, Verdict.Allowed caller, boolean mayBlock) {
        if (!mayBlock) {
            return Optional.empty();
        }
        try {
            return Optional.of(refreshes
                    .counts(http, question.token(), api, caller)
                    .map(counting ->
                            active(counting.grant(), subject(counting.grant(), caller, api), counting.now(), api))
                    .orElseGet(IntrospectionEndpoint::inactive));
        } catch (FactsUnavailable e) {
            return Optional.of(new OAuthError.Unavailable(RETRY).reply());
        }
    }

    private String subject(Grant grant, Verdict.Allowed caller, Api api) {
        return caller.members().holder() instanceof Application client
                ? subjects.of(grant.user(), api.id(), client)
                : grant.user().text();
    }

    private static Reply active(Grant grant, String subject, Verdict.Allowed now, Api api) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        DetailsParameter.tell(now.scopes(), now.details(), members);
        members.put("client_id", grant.claims().clientId());
        members.put("exp", grant.claims().expiresAt().getEpochSecond());
        members.put("iat", grant.claims().issuedAt().getEpochSecond());
        members.put("sub", subject);
        grant.binding().key().ifPresent(key -> confirmed(members, key));
        members.put("aud", api.audience());
        members.put("iss", api.issuer());
        return uncached(Reply.json(200, members));
    }

    /// RFC 9449 section 6.2, RFC 8705 section 3.2.
    private static void confirmed(Map<String, Object> members, Confirmation key) {
        members.put("cnf", Map.of(key.means().wire(), key.thumbprint()));
    }

    private static Reply inactive() {
        return uncached(Reply.json(200, Map.of("active", false)));
    }

    private static Reply uncached(Reply reply) {
        return reply.with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }
}
