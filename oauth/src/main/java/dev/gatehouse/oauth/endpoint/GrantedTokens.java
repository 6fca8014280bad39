package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.dpop.DpopProof;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.token.Issuer;
import java.util.Optional;
import java.util.function.Function;

/// Hands out tokens on a grant: the decision first, and what can be done once only last, so that it is done for
/// tokens alone. Blocks.
final class GrantedTokens {
    /// What is sent back.
    record Tokens(Issuer.Issued.Token access, Optional<Secret> refresh, Optional<String> id) {}

    private final Issuer issuer;
    private final GrantedIdTokens idTokens;
    private final Holders holders;

    GrantedTokens(Issuer issuer, GrantedIdTokens idTokens, Holders holders) {
        this.issuer = issuer;
        this.idTokens = idTokens;
        this.holders = holders;
    }

    /// @param scopes that are asked for; all that were granted when absent
    /// @param nonce for the ID token
    /// @param last what can be done once only, which gives the refresh token
    Step<Tokens> on(
            Grant grant,
            Optional<Scopes> scopes,
            Optional<String> nonce,
            GrantTurn turn,
            Function<Issuer.Issued.Token, Step<Optional<Secret>>> last) {
        return issued(grant, scopes, turn).then(token -> handedOut(grant, nonce, token, turn, last));
    }

    private Step<Issuer.Issued.Token> issued(Grant grant, Optional<Scopes> scopes, GrantTurn turn) {
        return switch (issuer.issue(
                turn.presenting().apply(new Presented.Granted(grant.claims())),
                turn.api(),
                turn.ask(scopes),
                turn.http().arrivedNanos())) {
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

    private Step<Tokens> handedOut(
            Grant grant,
            Optional<String> nonce,
            Issuer.Issued.Token token,
            GrantTurn turn,
            Function<Issuer.Issued.Token, Step<Optional<Secret>>> last) {
        try {
            Optional<String> id = idTokens.beside(token.token(), grant, nonce, turn.api(), turn.application());
            Step<Tokens> step = used(turn.brought().proof())
                    .then(_ -> last.apply(token))
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

    /// A proof is used up for a token only.
    private Step<Optional<DpopProof>> used(Optional<DpopProof> proof) {
        return proof.flatMap(holders::use)
                .<Step<Optional<DpopProof>>>map(Step::no)
                .orElseGet(() -> new Step.On<>(proof));
    }
}
