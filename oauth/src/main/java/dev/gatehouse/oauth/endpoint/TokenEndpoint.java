package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.QuotaHeaders;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Minted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `POST /oauth2/token` (RFC 6749 section 3.2): read, authenticate and decide, mint, answer.
public final class TokenEndpoint {
    /// The largest body that is read, in bytes.
    public static final int MAX_BODY = 16 * 1024;

    private final Issuer issuer;
    private final OnGrants grants;
    private final AssertedClients signers;
    private final BearerGrant bearers;
    private final IdTokenExchange idTokens;
    private final Holders holders;
    private final TokenWitness witness;

    /// An endpoint for all Apis.
    ///
    /// @param signers finds clients that sign what proves them
    /// @param grants issues on what users granted
    /// @param bearers reads what issuers that are trusted say
    /// @param idTokens finds what ID tokens were told beside
    /// @param holders tells whose tokens are bound to a key
    /// @param witness is told of every token and every refusal of a request that can be read
    public TokenEndpoint(
            Issuer issuer,
            AssertedClients signers,
            OnGrants grants,
            BearerGrant bearers,
            IdTokenExchange idTokens,
            Holders holders,
            TokenWitness witness) {
        this.issuer = issuer;
        this.signers = signers;
        this.grants = grants;
        this.bearers = bearers;
        this.idTokens = idTokens;
        this.holders = holders;
        this.witness = witness;
    }

    /// Whether a request is one of those that web pages make, which have no secret to send.
    public static boolean forPages(HttpFacts http) {
        return FormRequest.read(http) instanceof FormRequest.Read.Sent(Form form)
                && form.value("grant_type")
                        .filter(type -> PageGrants.TYPES.contains(type) || ofPublicClient(type, http, form))
                        .isPresent();
    }

    private static boolean ofPublicClient(String type, HttpFacts http, Form form) {
        boolean onGrant =
                type.equals(GrantType.AUTHORIZATION_CODE.wire()) || type.equals(GrantType.REFRESH_TOKEN.wire());
        return onGrant && ClientAuthentication.read(http, form) instanceof ClientAuthentication.Read.Named;
    }

    /// Answers from memory; empty when that does not suffice and [#answer] must be asked on a thread that may
    /// block.
    public Optional<Reply> tryAnswer(HttpFacts http, Api api) {
        return switch (TokenRequest.read(http, api, UnaryOperator.identity())) {
            case TokenRequest.Read.Failed _ when http.certificate().isPresent() -> Optional.empty();
            case TokenRequest.Read.Failed failed -> Optional.of(refused(http, api, failed));
            case TokenRequest.Read.OnGrant _,
                    TokenRequest.Read.Bearer _,
                    TokenRequest.Read.IdToken _,
                    TokenRequest.Read.Signed _ -> Optional.empty();
            case TokenRequest.Read.Request(TokenRequest request) ->
                http.values(Holders.HEADER).isEmpty() && http.certificate().isEmpty()
                        ? reply(
                                http,
                                api,
                                request,
                                issuer.tryIssue(
                                        request.presented(), api, request.ask(http, Offered.NONE), http.arrivedNanos()))
                        : Optional.empty();
        };
    }

    /// Answers, reading the database when it must.
    public Reply answer(HttpFacts http, Api api) {
        // before any signature is checked, under a key that anybody may have drawn
        Optional<Refusal.TooMany> closed = http.values(Holders.HEADER).isEmpty()
                ? Optional.empty()
                : issuer.closed(api, new Ask.Authenticate(http.from(), true));
        return closed.map(refusal -> turnedAway(http, api, refusal)).orElseGet(() -> looked(http, api));
    }

    private Reply turnedAway(HttpFacts http, Api api, Refusal refusal) {
        witness.refused(http, api, refusal);
        return OAuthError.of(refusal, false).reply();
    }

    private Reply looked(HttpFacts http, Api api) {
        return switch (holders.asking(http, api, Metadata.addresses(api, Metadata.TOKEN_PATH))) {
            case Holders.Looked.Nothing() -> answer(http, api, Optional.empty());
            case Holders.Looked.Proven(DpopProof proof) -> {
                Reply reply = answer(http, api, Optional.of(proof));
                yield holders.next(api)
                        .map(nonce -> reply.with(Holders.NONCE_HEADER, nonce))
                        .orElse(reply);
            }
            case Holders.Looked.Refused(Refusal.NotHolder refusal) -> turnedAway(http, api, refusal);
        };
    }

    /// @param proof of the key that the token is bound to
    private Reply answer(HttpFacts http, Api api, Optional<DpopProof> proof) {
        return answer(
                http,
                api,
                TokenRequest.read(
                        http,
                        api,
                        read -> signers.proven(read, http, api, allowed -> issuer.full(api, allowed, http.from()))),
                proof);
    }

    private Reply answer(HttpFacts http, Api api, TokenRequest.Read read, Optional<DpopProof> proof) {
        return switch (read) {
            case TokenRequest.Read.Failed failed -> refused(http, api, failed);
            case TokenRequest.Read.Signed _ -> new OAuthError.InvalidClient(false).reply();
            case TokenRequest.Read.OnGrant onGrant -> grants.answer(http, api, onGrant, proof);
            case TokenRequest.Read.Bearer bearer -> answer(http, api, bearers.read(http, api, bearer), proof);
            case TokenRequest.Read.IdToken idToken -> shown(http, api, idToken, proof);
            case TokenRequest.Read.Request(TokenRequest request) -> {
                Offered offered = Offered.of(proof.map(DpopProof::key), http.thumbprint());
                Issuer.Issued.Known issued =
                        issuer.issue(request.presented(offered), api, request.ask(http, offered), http.arrivedNanos());
                yield reply(http, api, request, proven(issued, proof)).orElseThrow();
            }
        };
    }

    /// What an ID token was told beside, asked for again.
    private Reply shown(HttpFacts http, Api api, TokenRequest.Read.IdToken request, Optional<DpopProof> proof) {
        Offered offered = Offered.of(proof.map(DpopProof::key), http.thumbprint());
        return switch (idTokens.issue(http, api, request, offered, proof)) {
            case IdTokenExchange.Given.None(OAuthError error, Refusal refusal) -> {
                witness.refused(http, api, refusal);
                yield error.reply();
            }
            case IdTokenExchange.Given.Some(Issuer.Issued.Token token) ->
                switch (proven(token, proof)) {
                    case Issuer.Issued.Refused(Refusal refusal) -> turnedAway(http, api, refusal);
                    case Issuer.Issued.Token(Minted.Token minted, Verdict.Allowed allowed, Charge.Made charge) -> {
                        witness.issued(http, api, allowed.shown());
                        yield told(issued(minted, Optional.of(TokenExchange.ACCESS_TOKEN)), charge);
                    }
                };
        };
    }

    /// A proof counts once, and for a token only: what is refused does not use it up.
    private Issuer.Issued.Known proven(Issuer.Issued.Known issued, Optional<DpopProof> proof) {
        if (!(issued instanceof Issuer.Issued.Token token)) {
            return issued;
        }
        Optional<Refusal> used = proof.flatMap(one -> one.fits(token.allowed())
                ? holders.use(one)
                : Optional.of(new Refusal.NotHolder(Refusal.Lacking.PROOF)));
        used.ifPresent(_ -> issuer.unused(token));
        return used.<Issuer.Issued.Known>map(Issuer.Issued.Refused::new).orElse(token);
    }

    private Reply refused(HttpFacts http, Api api, TokenRequest.Read.Failed failed) {
        failed.refusal().ifPresent(refusal -> witness.refused(http, api, refusal));
        return failed.error().reply();
    }

    private Optional<Reply> reply(HttpFacts http, Api api, TokenRequest request, Issuer.Issued issued) {
        return switch (issued) {
            case Issuer.Issued.Cold() -> Optional.empty();
            case Issuer.Issued.Refused(Refusal refusal) -> {
                witness.refused(http, api, refusal);
                yield Optional.of(request.error(refusal).reply());
            }
            case Issuer.Issued.Token(Minted.Token token, Verdict.Allowed allowed, Charge.Made charge) -> {
                witness.issued(http, api, allowed.shown());
                Reply reply = issued(
                        token,
                        Optional.of(request.issued()).filter(_ -> request.grant() == TokenRequest.Grant.EXCHANGE));
                yield Optional.of(told(reply, charge));
            }
        };
    }

    private static Reply told(Reply reply, Charge.Made charge) {
        return charge.left().map(left -> QuotaHeaders.on(reply, left)).orElse(reply);
    }

    /// RFC 9449 section 5. Those that are bound to a certificate go by the old name (RFC 8705 section 3).
    static String tokenType(Claims claims) {
        return claims.key()
                .filter(key -> key.means() == Confirmation.Means.KEY)
                .map(_ -> "DPoP")
                .orElse("Bearer");
    }

    /// RFC 6749 section 5.1, RFC 8693 section 2.2.1. What was granted is always told, whether it is what was asked
    /// for or not.
    private static Reply issued(Minted.Token token, Optional<String> type) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", token.text().reveal());
        type.ifPresent(one -> members.put("issued_token_type", one));
        members.put("token_type", tokenType(token.claims()));
        members.put("expires_in", token.lifeSeconds());
        DetailsParameter.tell(token.claims().scopes(), token.claims().details(), members);
        return Reply.json(200, members).with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }
}
