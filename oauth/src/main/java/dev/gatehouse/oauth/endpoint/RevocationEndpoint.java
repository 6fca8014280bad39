package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.oauth.token.RefreshTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// `POST /oauth2/revoke` (RFC 7009): who asks, what is asked about, and the end of one token. Whatever comes of
/// it the answer is the same, so it tells nobody whether a string is a token (RFC 7009 section 2.2, GAUNTLET
/// D07).
///
/// No verdict is made of the token. A token that is suspended today may count tomorrow and is ended like any
/// other, and ending one that never counts again takes nothing from anybody; so all that is needed is the proof
/// that the token is ours and whose it is.
public final class RevocationEndpoint {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final TokenReader reader;
    private final TokenStore tokens;
    private final Clients clients;
    private final AssertedClients signers;
    private final RefreshQuestions refreshes;
    private final InstantSource clock;

    /// An endpoint for all Apis.
    ///
    /// @param clients finds clients that have no secret
    /// @param signers finds clients that sign what proves them
    /// @param refreshes ends what refresh tokens are of
    public RevocationEndpoint(
            Verifier verifier,
            TokenReader reader,
            TokenStore tokens,
            Clients clients,
            AssertedClients signers,
            RefreshQuestions refreshes,
            InstantSource clock) {
        this.verifier = verifier;
        this.reader = reader;
        this.tokens = tokens;
        this.clients = clients;
        this.signers = signers;
        this.refreshes = refreshes;
        this.clock = clock;
    }

    /// Whether a request is one of those that web pages make, which have no secret to send.
    public static boolean forPages(HttpFacts http) {
        return TokenQuestion.read(http, UnaryOperator.identity()) instanceof TokenQuestion.Read.Public;
    }

    /// Answers what needs no write from memory; empty when [#answer] must be asked on a thread that may block.
    public Optional<Reply> tryAnswer(HttpFacts http, Api api) {
        return switch (TokenQuestion.read(http, UnaryOperator.identity())) {
            case TokenQuestion.Read.Failed(OAuthError error) -> Optional.of(error.reply());
            case TokenQuestion.Read.Public _, TokenQuestion.Read.Signed _ -> Optional.empty();
            case TokenQuestion.Read.Asked(TokenQuestion question) ->
                switch (verifier.verify(question.client(), api, ask(http), http.arrivedNanos())) {
                    case Checked.Cold() -> Optional.empty();
                    case Checked.Refused(Refusal refusal) -> Optional.of(refused(refusal, question));
                    case Checked.Allowed(Verdict.Allowed caller) ->
                        RefreshTokens.recognises(question.token())
                                ? Optional.empty()
                                : unlessItsOwn(question, api, caller.members());
                };
        };
    }

    /// Answers, writing what there is to write.
    public Reply answer(HttpFacts http, Api api) {
        return switch (TokenQuestion.read(http, read -> signers.proven(read, http, api))) {
            case TokenQuestion.Read.Failed(OAuthError error) -> error.reply();
            case TokenQuestion.Read.Signed _ -> new OAuthError.InvalidClient(false).reply();
            case TokenQuestion.Read.Public(String clientId, Secret token) -> ofPublic(http, api, clientId, token);
            case TokenQuestion.Read.Asked(TokenQuestion question) ->
                switch (verifier.verifyLoading(question.client(), api, ask(http), http.arrivedNanos())) {
                    case Checked.Refused(Refusal refusal) -> refused(refusal, question);
                    case Checked.Allowed(Verdict.Allowed caller) -> ended(http, question, api, caller.members());
                };
        };
    }

    private static Ask ask(HttpFacts http) {
        return new Ask.Authenticate(http.from());
    }

    private static Reply refused(Refusal refusal, TokenQuestion question) {
        return OAuthError.of(refusal, question.byHeader()).reply();
    }

    private Optional<Reply> unlessItsOwn(TokenQuestion question, Api api, Members caller) {
        try {
            return own(question.token(), api, caller.holder().id(), reader::read)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(done());
        } catch (FactsUnavailable e) {
            return Optional.empty();
        }
    }

    /// The token when there is something to end: it is ours, was issued to the caller (RFC 7009 section 2.1), and
    /// has not expired. Nobody ends a token of others, whatever its rights: for that there are `cut`, `suspend`
    /// and `revoke` of the admin API.
    private Optional<Claims> own(Secret text, Api api, Id caller, BiFunction<Secret, Api, TokenReader.Read> read) {
        Instant now = clock.instant();
        return switch (read.apply(text, api)) {
            case TokenReader.Read.Refused _ -> Optional.empty();
            case TokenReader.Read.Proven(Claims claims) ->
                Optional.of(claims)
                        .filter(token -> token.lineage().client().equals(caller))
                        .filter(token -> now.isBefore(token.expiresAt()));
        };
    }

    private Reply ended(HttpFacts http, TokenQuestion question, Api api, Members caller) {
        return ended(question.token(), api, caller.holder().id(), act(http, caller));
    }

    /// RFC 7009 section 2.1: of a client that cannot prove itself, the token is the proof.
    private Reply ofPublic(HttpFacts http, Api api, String clientId, Secret token) {
        return switch (clients.find(new ClientAuthentication.Read.Named(clientId), http, api)) {
            case Clients.Found.Failed(OAuthError error, Refusal _) -> error.reply();
            case Clients.Found.Known(Application application) ->
                ended(
                        token,
                        api,
                        application.id(),
                        new Act(new Act.Actor.Itself("revocation endpoint"), http.id(), clock.instant()));
        };
    }

    /// The end of a refresh token is that of all that was issued on its grant (section 2.1).
    private Reply ended(Secret token, Api api, Id caller, Act act) {
        try {
            if (RefreshTokens.recognises(token)) {
                return refreshes.end(token, api, caller, act) ? done() : unavailable();
            }
            return own(token, api, caller, reader::readLoading)
                    .map(claims -> reply(tokens.revoke(claims, claims.lineEnd(renews(api)), act)))
                    .orElseGet(RevocationEndpoint::done);
        } catch (FactsUnavailable e) {
            return unavailable();
        }
    }

    /// The built-in dialect renews tokens of pages only, which say so themselves.
    private static boolean renews(Api api) {
        return !api.speech().dialect().equals(Speech.STANDARD);
    }

    private Act act(HttpFacts http, Members caller) {
        Act.Actor actor = new Act.Actor.Member(
                caller.organization().id(),
                caller.holder().who(),
                caller.credential().id());
        return new Act(actor, http.id(), clock.instant());
    }

    /// RFC 7009 section 2.2.1: what was not done is 503, and the client must assume that the token still counts.
    private static Reply reply(Stored<TokenStore.Ended> stored) {
        return switch (stored) {
            case Stored.Done<TokenStore.Ended> _ -> done();
            case Stored.Missing<TokenStore.Ended> _,
                    Stored.Conflict<TokenStore.Ended> _,
                    Stored.Moved<TokenStore.Ended> _,
                    Stored.Full<TokenStore.Ended> _,
                    Stored.Forbidden<TokenStore.Ended> _ -> unavailable();
        };
    }

    private static Reply done() {
        return Reply.empty(200).with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    private static Reply unavailable() {
        return new OAuthError.Unavailable(RETRY).reply();
    }
}
