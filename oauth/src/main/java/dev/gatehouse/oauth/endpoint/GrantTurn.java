package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.oauth.dpop.DpopProof;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A client that is known asks for tokens on what a user granted.
///
/// @param form its parameters
/// @param presenting says whom the request is for besides
record GrantTurn(
        HttpFacts http,
        Api api,
        Application application,
        Form form,
        Brought brought,
        UnaryOperator<Presented> presenting) {
    /// What a request brings besides what it is for.
    ///
    /// @param proof of a key, not yet used up
    /// @param key what tokens are bound to: that key, or the certificate of the connection
    /// @param details to which tokens are narrowed (RFC 9396 section 6)
    record Brought(Optional<DpopProof> proof, Optional<Confirmation> key, Optional<AuthorizationDetails> details) {
        static final Brought NOTHING = new Brought(Optional.empty(), Optional.empty(), Optional.empty());

        /// RFC 9449 section 5.2, RFC 8705 section 3.4.
        static Brought of(
                HttpFacts http,
                Api api,
                Application application,
                Optional<DpopProof> proof,
                Optional<AuthorizationDetails> details) {
            Offered offered = Offered.of(proof.map(DpopProof::key), http.thumbprint());
            return new Brought(proof, api.clients().binding(offered, Optional.empty(), application.terms()), details);
        }
    }

    /// What tokens are bound to.
    Optional<Confirmation> key() {
        return brought.key();
    }

    /// What a code is looked at with, which may be bound to a key though its tokens are not.
    Optional<Confirmation> proven() {
        return brought.proof().map(DpopProof::key).map(Confirmation::key).or(brought::key);
    }

    /// @param scopes that are asked for; all that were granted when absent
    Ask.Redeem ask(Optional<Scopes> scopes) {
        return new Ask.Redeem(scopes, http.from(), brought.key(), brought.details());
    }
}
