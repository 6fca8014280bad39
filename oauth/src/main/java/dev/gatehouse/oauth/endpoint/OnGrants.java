package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Bindings;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.GrantedTokens.Tokens;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Subjects;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Tokens on what users granted: the client, then the code or the refresh token, then the same decision as for
/// every token. Blocks.
public final class OnGrants {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// What a request of another wire format came to.
    public sealed interface Given {
        /// These tokens.
        record Some(Issuer.Issued.Token access, Optional<Secret> refresh) implements Given {}

        /// None.
        record None(Refusal refusal) implements Given {}
    }

    private final Clients clients;
    private final Issuer issuer;
    private final GrantedTokens tokens;
    private final TokenWitness witness;
    private final CodeGrant codes;
    private final DeviceGrant devices;
    private final RefreshGrant refreshes;

    /// @param witness is told of every token and every refusal
    /// @param subjects what clients know users as
    public OnGrants(
            Clients clients,
            Issuer issuer,
            IdTokens idTokens,
            TokenWitness witness,
            CodeGrant codes,
            DeviceGrant devices,
            RefreshGrant refreshes,
            Holders holders,
            UserStore users,
            Subjects subjects) {
        this.clients = clients;
        this.issuer = issuer;
        this.tokens = new GrantedTokens(issuer, new GrantedIdTokens(idTokens, users, subjects), holders);
        this.witness = witness;
        this.codes = codes;
        this.devices = devices;
        this.refreshes = refreshes;
    }

    /// @param proof of the key that the token is bound to
    Reply answer(HttpFacts http, Api api, TokenRequest.Read.OnGrant request, Optional<DpopProof> proof) {
        Step<Tokens> step;
        try {
            step = looked(http, api, request, proof);
        } catch (FactsUnavailable e) {
            step = Step.no(new Refusal.Unavailable("grants: " + e.getMessage(), RETRY));
        }
        return switch (step) {
            case Step.On<Tokens>(Tokens tokens) -> {
                witness.issued(http, api, tokens.access().allowed().members().credential());
                yield GrantedReply.of(tokens);
            }
            case Step.No<Tokens>(OAuthError error, Refusal refusal) -> {
                witness.refused(http, api, refusal);
                yield error.reply();
            }
        };
    }

    /// Redeems a code that was shown in another wire format. Blocks.
    ///
    /// @param form the parameters under the names of RFC 6749 section 4.1.3, the client's included
    /// @param presenting says whom the request is for besides
    /// @throws FactsUnavailable when the database does not answer in time
    public Given redeem(HttpFacts http, Api api, Form form, UnaryOperator<Presented> presenting) {
        TokenRequest.Read.OnGrant request = new TokenRequest.Read.OnGrant(
                GrantType.AUTHORIZATION_CODE, ClientAuthentication.posted(form), form, presenting);
        return given(looked(http, api, request, Optional.empty()));
    }

    /// Refreshes what a user granted, for whoever shows the refresh token beside the access token that came
    /// with it: the pair is the proof. Blocks.
    ///
    /// @param grant that the access token names
    /// @throws FactsUnavailable when the database does not answer in time
    public Given refresh(HttpFacts http, Api api, Secret text, Id grant, UnaryOperator<Presented> presenting) {
        Form form = new Form(Map.of("refresh_token", text.reveal()));
        return refreshes
                .application(text, api, grant)
                .flatMap(application -> clients.going(application, api))
                .map(application -> given(
                        api.clients().allows(Optional.empty(), application.terms())
                                ? refresh(new GrantTurn(
                                        http, api, application, form, GrantTurn.Brought.NOTHING, presenting))
                                : unbound(api, application)))
                .orElseGet(() -> {
                    Refusal refusal = new Refusal.BadCredential("no refresh token of this grant");
                    issuer.guessed(api, ask(http));
                    return new Given.None(new Refusal.BadSubject(refusal));
                });
    }

    /// That the client is not known is said of it; everything else is said of what it brings.
    private static Given given(Step<Tokens> step) {
        return switch (step) {
            case Step.On<Tokens>(Tokens tokens) -> new Given.Some(tokens.access(), tokens.refresh());
            case Step.No<Tokens>(OAuthError.InvalidGrant _, Refusal refusal) ->
                new Given.None(new Refusal.BadSubject(refusal));
            case Step.No<Tokens>(OAuthError _, Refusal refusal) -> new Given.None(refusal);
        };
    }

    /// GAUNTLET O04, O10.
    private Step<Tokens> looked(HttpFacts http, Api api, TokenRequest.Read.OnGrant request, Optional<DpopProof> proof) {
        Optional<Refusal.TooMany> closed = issuer.closed(api, ask(http));
        if (closed.isPresent()) {
            return Step.no(closed.get());
        }
        return switch (clients.find(request.client(), http, api)) {
            case Clients.Found.Failed(OAuthError error, Refusal refusal) -> new Step.No<>(error, refusal);
            case Clients.Found.Known(Application application) -> granted(http, api, request, application, proof);
        };
    }

    /// Of a request before anything is known of what was granted.
    private static Ask ask(HttpFacts http) {
        return new Ask.Redeem(Optional.empty(), http.from());
    }

    private static <T> Step<T> unbound(Api api, Application application) {
        return Step.no(Bindings.lacking(api.clients(), Optional.of(application)));
    }

    /// GAUNTLET C07, G05.
    private Step<Tokens> granted(
            HttpFacts http,
            Api api,
            TokenRequest.Read.OnGrant request,
            Application application,
            Optional<DpopProof> proof) {
        if (!application.terms().uses(request.type())) {
            return new Step.No<>(
                    new OAuthError.UnauthorizedClient(), new Refusal.BadCredential("not a grant of this client"));
        }
        if (!ProtectedResource.named(request.form().value("resource").orElse(api.audience()), api)) {
            return new Step.No<>(new OAuthError.InvalidTarget(), new Refusal.Malformed("resource"));
        }
        DetailsParameter.Read details = DetailsParameter.read(request.form());
        if (details instanceof DetailsParameter.Read.Wrong wrong) {
            return new Step.No<>(wrong.error(), new Refusal.BadDetails());
        }
        if (!proof.map(one -> one.fits(api.clients().profile(application.terms())))
                .orElse(true)) {
            return Step.no(new Refusal.NotHolder(Refusal.Lacking.PROOF));
        }
        GrantTurn.Brought brought = GrantTurn.Brought.of(http, api, application, proof, details.asked());
        if (!api.clients().allows(brought.key(), application.terms())) {
            return unbound(api, application);
        }
        GrantTurn turn = new GrantTurn(http, api, application, request.form(), brought, request.presenting());
        return switch (request.type()) {
            case AUTHORIZATION_CODE -> code(turn, codes.read(turn));
            case DEVICE_CODE -> code(turn, devices.read(turn));
            case CIBA -> code(turn, devices.request(turn));
            case REFRESH_TOKEN -> refresh(turn);
            case CLIENT_CREDENTIALS, TOKEN_EXCHANGE, JWT_BEARER, IMPLICIT ->
                throw new IllegalArgumentException("not on what a user granted");
        };
    }

    /// The code is redeemed when there is a token to hand out: what is refused now may be asked again as long as
    /// it lasts.
    private Step<Tokens> code(GrantTurn turn, Step<CodeGrant.Shown> read) {
        return noted(turn, read)
                .then(shown -> tokens.on(
                        shown.grant(),
                        Optional.empty(),
                        shown.grant().nonce(),
                        turn,
                        token -> codes.redeem(
                                        turn.http(),
                                        shown,
                                        token.token().claims().expiresAt(),
                                        RefreshGrant.kept(turn.api(), turn.application()))
                                .then(grant -> new Step.On<>(refreshes.first(turn.api(), grant, turn.application())))));
    }

    /// What is refused costs no rotation: the grant may count again tomorrow. The nonce was for the first ID
    /// token (OpenID Connect Core section 12.2).
    private Step<Tokens> refresh(GrantTurn turn) {
        return noted(turn, refreshes.read(turn))
                .then(shown -> tokens.on(
                        shown.grant(),
                        shown.scopes(),
                        Optional.empty(),
                        turn,
                        _ -> refreshes
                                .rotate(turn.http(), turn.api(), shown)
                                .then(next -> new Step.On<>(Optional.of(next)))));
    }

    private <T> Step<T> noted(GrantTurn turn, Step<T> step) {
        if (step instanceof Step.No<T>(OAuthError _, Refusal.BadCredential bad) && !bad.genuine()) {
            issuer.guessed(turn.api(), ask(turn.http()));
        }
        return step;
    }
}
