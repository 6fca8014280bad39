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
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Subjects;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Tokens on what users granted: the client, then the code or the refresh token, then the same decision as for
/// every token. Blocks.
public final class OnGrants {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// What a step came to.
    sealed interface Step<T> {
        /// The step after this one, if it gets that far.
        default <R> Step<R> then(Function<T, Step<R>> next) {
            return switch (this) {
                case On<T>(T value) -> next.apply(value);
                case No<T>(OAuthError error, Refusal refusal) -> new No<>(error, refusal);
            };
        }

        /// It goes on with this.
        record On<T>(T value) implements Step<T> {}

        /// It ends with this.
        record No<T>(OAuthError error, Refusal refusal) implements Step<T> {}
    }

    /// What is sent back.
    record Tokens(Issuer.Issued.Token access, Optional<Secret> refresh, Optional<String> id) {}

    /// What a request of another wire format came to.
    public sealed interface Given {
        /// These tokens.
        record Some(Issuer.Issued.Token access, Optional<Secret> refresh) implements Given {}

        /// None.
        record None(Refusal refusal) implements Given {}
    }

    private final Clients clients;
    private final Issuer issuer;
    private final GrantedIdTokens idTokens;
    private final TokenWitness witness;
    private final CodeGrant codes;
    private final DeviceGrant devices;
    private final RefreshGrant refreshes;
    private final Holders holders;

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
        this.idTokens = new GrantedIdTokens(idTokens, users, subjects);
        this.witness = witness;
        this.codes = codes;
        this.devices = devices;
        this.refreshes = refreshes;
        this.holders = holders;
    }

    /// @param proof of the key that the token is bound to
    Reply answer(HttpFacts http, Api api, TokenRequest.Read.OnGrant request, Optional<DpopProof> proof) {
        Step<Tokens> step;
        try {
            step = looked(http, api, request, proof);
        } catch (FactsUnavailable e) {
            Refusal refusal = new Refusal.Unavailable("grants: " + e.getMessage(), RETRY);
            step = new Step.No<>(OAuthError.of(refusal, false), refusal);
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
                                ? refresh(http, api, form, application, Shown.NOTHING, presenting)
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
            return new Step.No<>(OAuthError.of(closed.get(), false), closed.get());
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

    /// What a request brings besides what it is for.
    ///
    /// @param proof of a key, not yet used up
    /// @param key what tokens are bound to: that key, or the certificate of the connection
    /// @param details to which tokens are narrowed (RFC 9396 section 6)
    private record Shown(
            Optional<DpopProof> proof, Optional<Confirmation> key, Optional<AuthorizationDetails> details) {
        static final Shown NOTHING = new Shown(Optional.empty(), Optional.empty(), Optional.empty());

        static Shown of(
                HttpFacts http,
                Api api,
                Application application,
                Optional<DpopProof> proof,
                Optional<AuthorizationDetails> details) {
            Offered offered = Offered.of(proof.map(DpopProof::key), http.thumbprint());
            return new Shown(proof, api.clients().binding(offered, Optional.empty(), application.terms()), details);
        }

        /// What a code is looked at with, which may be bound to a key though its tokens are not.
        Optional<Confirmation> proven() {
            return proof.map(DpopProof::key).map(Confirmation::key).or(() -> key);
        }
    }

    private static <T> Step<T> unbound(Api api, Application application) {
        return no(Bindings.lacking(api.clients(), Optional.of(application)));
    }

    private static <T> Step<T> no(Refusal refusal) {
        return new Step.No<>(OAuthError.of(refusal, false), refusal);
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
            return no(new Refusal.NotHolder(Refusal.Lacking.PROOF));
        }
        // RFC 9449 section 5.2, RFC 8705 section 3.4
        Shown shown = Shown.of(http, api, application, proof, details.asked());
        if (!api.clients().allows(shown.key(), application.terms())) {
            return unbound(api, application);
        }
        UnaryOperator<Presented> presenting = request.presenting();
        return switch (request.type()) {
            case AUTHORIZATION_CODE ->
                code(
                        http,
                        api,
                        codes.read(http, api, request.form(), application, shown.proven(), shown.key()),
                        application,
                        shown,
                        presenting);
            case DEVICE_CODE ->
                code(
                        http,
                        api,
                        devices.read(api, request.form(), application, shown.key()),
                        application,
                        shown,
                        presenting);
            case CIBA ->
                code(
                        http,
                        api,
                        devices.request(api, request.form(), application, shown.key()),
                        application,
                        shown,
                        presenting);
            case REFRESH_TOKEN -> refresh(http, api, request.form(), application, shown, presenting);
            case CLIENT_CREDENTIALS, TOKEN_EXCHANGE, JWT_BEARER, IMPLICIT ->
                throw new IllegalArgumentException("not on what a user granted");
        };
    }

    /// The code is redeemed when there is a token to hand out: what is refused now may be asked again as long as
    /// it lasts.
    private Step<Tokens> code(
            HttpFacts http,
            Api api,
            Step<CodeGrant.Shown> read,
            Application application,
            Shown brought,
            UnaryOperator<Presented> presenting) {
        return noted(http, api, read)
                .then(shown -> issued(http, api, shown.grant(), Optional.empty(), brought, presenting)
                        .then(token -> handedOut(
                                api,
                                application,
                                shown.grant(),
                                shown.grant().nonce(),
                                token,
                                brought,
                                () -> codes.redeem(
                                                http,
                                                shown,
                                                token.token().claims().expiresAt(),
                                                RefreshGrant.kept(api, application))
                                        .then(grant -> new Step.On<>(refreshes.first(api, grant, application))))));
    }

    /// What is refused costs no rotation: the grant may count again tomorrow. The nonce was for the first ID
    /// token (OpenID Connect Core section 12.2).
    private Step<Tokens> refresh(
            HttpFacts http,
            Api api,
            Form form,
            Application application,
            Shown brought,
            UnaryOperator<Presented> presenting) {
        return noted(http, api, refreshes.read(api, form, application, brought.key()))
                .then(shown -> issued(http, api, shown.grant(), shown.scopes(), brought, presenting)
                        .then(token -> handedOut(
                                api,
                                application,
                                shown.grant(),
                                Optional.empty(),
                                token,
                                brought,
                                () -> refreshes
                                        .rotate(http, api, shown)
                                        .then(next -> new Step.On<>(Optional.of(next))))));
    }

    private <T> Step<T> noted(HttpFacts http, Api api, Step<T> step) {
        if (step instanceof Step.No<T>(OAuthError _, Refusal.BadCredential bad) && !bad.genuine()) {
            issuer.guessed(api, ask(http));
        }
        return step;
    }

    /// @param brought used up for a token only
    /// @param last what can be done once only
    private Step<Tokens> handedOut(
            Api api,
            Application application,
            Grant grant,
            Optional<String> nonce,
            Issuer.Issued.Token token,
            Shown brought,
            Supplier<Step<Optional<Secret>>> last) {
        try {
            Optional<String> id = idTokens.beside(token.token(), grant, nonce, api, application);
            Step<Tokens> step = used(brought.proof())
                    .then(_ -> last.get())
                    .then(refresh -> new Step.On<>(new Tokens(token, refresh, id)));
            if (step instanceof Step.No<Tokens>) {
                issuer.unused(token);
            }
            return step;
        } catch (FactsUnavailable e) {
            issuer.unused(token);
            throw e;
        }
    }

    private Step<Optional<DpopProof>> used(Optional<DpopProof> proof) {
        return proof.flatMap(holders::use)
                .<Step<Optional<DpopProof>>>map(refusal -> new Step.No<>(OAuthError.of(refusal, false), refusal))
                .orElseGet(() -> new Step.On<>(proof));
    }

    private Step<Issuer.Issued.Token> issued(
            HttpFacts http,
            Api api,
            Grant grant,
            Optional<Scopes> scopes,
            Shown brought,
            UnaryOperator<Presented> presenting) {
        return switch (issuer.issue(
                presenting.apply(new Presented.Granted(grant.claims())),
                api,
                new Ask.Redeem(scopes, http.from(), brought.key(), brought.details()),
                http.arrivedNanos())) {
            case Issuer.Issued.Refused(Refusal refusal) -> new Step.No<>(error(refusal), refusal);
            case Issuer.Issued.Token token -> new Step.On<>(token);
        };
    }

    /// RFC 6749 section 5.2: the client has proven itself; what does not count is the grant.
    private static OAuthError error(Refusal refusal) {
        OAuthError error = OAuthError.of(refusal, false);
        return error instanceof OAuthError.InvalidScope
                        || error instanceof OAuthError.InvalidDetails
                        || error instanceof OAuthError.TooMany
                        || error instanceof OAuthError.Unavailable
                ? error
                : new OAuthError.InvalidGrant();
    }
}
