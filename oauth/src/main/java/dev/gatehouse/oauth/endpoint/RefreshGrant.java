package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Refreshable;
import dev.gatehouse.core.store.GrantStore.Rotated;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.token.RefreshTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// The refresh token grant (RFC 6749 section 6) with rotation (RFC 9700 section 4.14.2): each use gives the next
/// token; the one before is answered with the same next one for a moment; any older one ends the grant.
public final class RefreshGrant {
    private static final long FIRST = 1;

    /// A refresh token that is genuine and its client's.
    ///
    /// @param scopes what is asked for of it; all when absent
    /// @param bound what it and all after it are bound to from now on
    /// @param kept whether it goes on counting after it was used
    /// @param until when it is over unless it is used
    record Shown(
            Grant grant,
            long number,
            Optional<Scopes> scopes,
            Optional<Confirmation> bound,
            boolean kept,
            Instant until) {
        boolean lasting() {
            return !until.isBefore(grant.claims().expiresAt());
        }
    }

    private final GrantStore grants;
    private final RefreshTokens tokens;
    private final InstantSource clock;

    /// Over these grants.
    public RefreshGrant(GrantStore grants, RefreshTokens tokens, InstantSource clock) {
        this.grants = grants;
        this.tokens = tokens;
        this.clock = clock;
    }

    /// The first refresh token of a grant, for clients that may have one.
    Optional<Secret> first(Api api, Grant grant, Application application) {
        return application.terms().uses(GrantType.REFRESH_TOKEN) && grant.offline()
                ? Optional.of(tokens.write(api, grant.id(), FIRST))
                : Optional.empty();
    }

    /// Reads a request. Another client's token is left as it is (GAUNTLET D05).
    Step<Shown> read(GrantTurn turn) {
        Api api = turn.api();
        Form form = turn.form();
        Application application = turn.application();
        Optional<Confirmation> key = turn.key();
        Optional<String> text = form.value("refresh_token");
        if (text.isEmpty()) {
            return new Step.No<>(
                    new OAuthError.InvalidRequest("refresh_token is missing"), new Refusal.Malformed("refresh_token"));
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new Step.No<>(new OAuthError.InvalidScope(), new Refusal.BadScope());
        }
        Optional<RefreshTokens.Shown> genuine = tokens.read(Secret.of(text.get()), api);
        return genuine.isEmpty()
                ? bad(new Refusal.BadCredential("not a refresh token of ours"))
                : find(genuine.get(), application)
                        .<Step<Shown>>map(found -> found.grant().binding().proven(key)
                                ? new Step.On<>(new Shown(
                                        found.grant(),
                                        genuine.get().number(),
                                        scopes,
                                        bound(found.grant(), application, key),
                                        kept(api, application)
                                                && found.number()
                                                        == genuine.get().number(),
                                        found.until()))
                                : bad(new Refusal.NotHolder(Refusal.Lacking.BINDING)))
                        .orElseGet(() -> bad(
                                new Refusal.Expired(Kind.GRANT, genuine.get().grant())));
    }

    /// RFC 9449 section 5: whoever proves itself may have another next time, unless it was a public client before.
    private static Optional<Confirmation> bound(Grant grant, Application application, Optional<Confirmation> key) {
        return application.terms().open() || grant.binding().key().isPresent() ? key : Optional.empty();
    }

    /// The application that a genuine refresh token of this grant was given to, while it is not over.
    Optional<Id> application(Secret text, Api api, Id grant) {
        return tokens.read(text, api)
                .filter(shown -> shown.grant().equals(grant))
                .flatMap(shown -> grants.refreshable(shown.grant(), clock.instant()))
                .map(found -> found.grant().application());
    }

    /// What a genuine refresh token is of, when that is this client's and not over.
    Optional<Refreshable> find(RefreshTokens.Shown shown, Application application) {
        return grants.refreshable(shown.grant(), clock.instant())
                .filter(found -> found.grant().application().equals(application.id()));
    }

    /// Whether a client keeps its refresh tokens: one that is worth nothing without the client's key is not
    /// rotated, so that no lost answer loses it (FAPI 2.0 Security Profile section 5.3.2.1).
    static boolean kept(Api api, Application application) {
        return api.clients().profile(application.terms()).isPresent();
    }

    /// The next token in the place of this one.
    Step<Secret> rotate(HttpFacts http, Api api, Shown shown) {
        Instant now = clock.instant();
        Act act = new Act(new Act.Actor.Itself("token endpoint"), http.id(), now);
        if (shown.kept() && (shown.lasting() || keeps(shown, act))) {
            return next(api, shown, shown.number());
        }
        Stored<Rotated> stored =
                grants.rotate(shown.grant(), shown.number(), now.plus(GrantLives.IDLE), shown.bound(), act);
        if (!(stored instanceof Stored.Done<Rotated>(Rotated rotated, var _))) {
            throw new FactsUnavailable("a refresh token could not be rotated");
        }
        return switch (rotated) {
            case Rotated.Next(long number) -> next(api, shown, number);
            case Rotated.Same(long number) -> next(api, shown, number);
            case Rotated.Reused() ->
                bad(new Refusal.Revoked(Kind.GRANT, shown.grant().id()));
            case Rotated.Over() ->
                bad(new Refusal.Expired(Kind.GRANT, shown.grant().id()));
            case Rotated.NotHolder() -> bad(new Refusal.NotHolder(Refusal.Lacking.BINDING));
        };
    }

    /// One from before its client kept them lives as long as its grant from its next use on. False when another
    /// node was first, and has not heard yet that they are kept.
    private boolean keeps(Shown shown, Act act) {
        if (!(grants.keep(shown.grant(), shown.number(), act) instanceof Stored.Done<Boolean>(Boolean kept, var _))) {
            throw new FactsUnavailable("a refresh token could not be kept");
        }
        return kept;
    }

    private Step<Secret> next(Api api, Shown shown, long number) {
        return new Step.On<>(tokens.write(api, shown.grant().id(), number));
    }

    private static <T> Step<T> bad(Refusal refusal) {
        return new Step.No<>(new OAuthError.InvalidGrant(), refusal);
    }
}
