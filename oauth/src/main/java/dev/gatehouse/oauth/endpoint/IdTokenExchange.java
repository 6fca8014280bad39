package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Bindings;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// ID tokens of ours as subject tokens (RFC 8693 section 2.1): of the client that they were issued to, and
/// while they count. An ID token opens nothing by itself; it names a login at its client, and what that login
/// granted the client is what there is to have, no longer than it lasts. Blocks.
public final class IdTokenExchange {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /// What asking came to.
    sealed interface Given {
        /// This token, for which nothing is used up yet.
        record Some(Issuer.Issued.Token token) implements Given {}

        /// None.
        record None(OAuthError error, Refusal refusal) implements Given {}
    }

    private final Clients clients;
    private final Issuer issuer;
    private final IdTokens idTokens;
    private final GrantStore grants;
    private final InstantSource clock;

    /// Over these grants.
    public IdTokenExchange(Clients clients, Issuer issuer, IdTokens idTokens, GrantStore grants, InstantSource clock) {
        this.clients = clients;
        this.issuer = issuer;
        this.idTokens = idTokens;
        this.grants = grants;
        this.clock = clock;
    }

    /// @param offered what the token can be bound to
    Given issue(
            HttpFacts http, Api api, TokenRequest.Read.IdToken request, Offered offered, Optional<DpopProof> proof) {
        try {
            return switch (clients.find(request.client(), http, api)) {
                case Clients.Found.Failed(OAuthError error, Refusal refusal) -> new Given.None(error, refusal);
                case Clients.Found.Known(Application application) ->
                    issue(http, api, request.form(), application, offered, proof);
            };
        } catch (FactsUnavailable e) {
            return none(new Refusal.Unavailable("grants: " + e.getMessage(), RETRY));
        }
    }

    private static Given none(Refusal refusal) {
        return new Given.None(OAuthError.of(refusal, false), refusal);
    }

    /// GAUNTLET C07, G05.
    private Given issue(
            HttpFacts http, Api api, Form form, Application application, Offered offered, Optional<DpopProof> proof) {
        if (!application.terms().uses(GrantType.TOKEN_EXCHANGE)) {
            return new Given.None(
                    new OAuthError.UnauthorizedClient(), new Refusal.BadCredential("not a grant of this client"));
        }
        if (!ProtectedResource.named(form.value("resource").orElse(api.audience()), api)) {
            return new Given.None(new OAuthError.InvalidTarget(), new Refusal.Malformed("resource"));
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new Given.None(new OAuthError.InvalidScope(), new Refusal.BadScope());
        }
        if (LifeParameter.wrong(form)) {
            return new Given.None(
                    new OAuthError.InvalidRequest(LifeParameter.WRONG), new Refusal.Malformed("expires_in"));
        }
        DetailsParameter.Read details = DetailsParameter.read(form);
        if (details instanceof DetailsParameter.Read.Wrong wrong) {
            return new Given.None(wrong.error(), new Refusal.BadDetails());
        }
        if (!proof.map(one -> one.fits(api.clients().profile(application.terms())))
                .orElse(true)) {
            return none(new Refusal.NotHolder(Refusal.Lacking.PROOF));
        }
        Optional<Confirmation> key = api.clients().binding(offered, Optional.empty(), application.terms());
        if (!api.clients().allows(key, application.terms())) {
            return none(Bindings.lacking(api.clients(), Optional.of(application)));
        }
        return idTokens.subject(form.value(TokenExchange.SUBJECT_TOKEN).orElse(""), api)
                .filter(subject -> subject.clientId().equals(application.clientId()))
                .flatMap(subject ->
                        grants.living(subject.user(), application.id(), api.id(), subject.login(), clock.instant()))
                .filter(grant -> grant.binding().proven(key))
                .map(grant -> minted(
                        http,
                        api,
                        grant,
                        new Ask.Redeem(scopes, http.from(), key, details.asked(), LifeParameter.of(form))))
                .orElseGet(() -> none(
                        new Refusal.BadSubject(new Refusal.BadCredential("no ID token of this client that counts"))));
    }

    private Given minted(HttpFacts http, Api api, Grant grant, Ask.Redeem ask) {
        return switch (issuer.issue(new Presented.Granted(grant.claims()), api, ask, http.arrivedNanos())) {
            case Issuer.Issued.Token token -> new Given.Some(token);
            case Issuer.Issued.Refused(Refusal refusal) -> {
                OAuthError error = OAuthError.of(refusal, false);
                yield new Given.None(
                        error instanceof OAuthError.InvalidClient ? new OAuthError.InvalidSubject() : error, refusal);
            }
        };
    }
}
