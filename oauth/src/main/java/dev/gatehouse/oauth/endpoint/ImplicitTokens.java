package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.oauth.token.Subjects;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Tokens that are the answer to an authorization request themselves (OpenID Connect Core section 3.2.2.5).
/// They are made first, and belong to whoever wins the write that uses the request up. The client proves
/// nothing: what it gets is bound to nothing, and there is no refresh token.
public final class ImplicitTokens {
    /// What a request came to.
    public sealed interface Given {
        /// It was written down, or why not.
        ///
        /// @param members what the client is told, if it was
        record Written(Stored<Grant> stored, Map<String, Secret> members) implements Given {}

        /// It is longer than what its way carries; nothing was written.
        record TooLong() implements Given {}

        /// There is no token.
        record None(Refusal refusal) implements Given {}
    }

    /// What uses the request up.
    public interface Last {
        /// Whether the client can be told this in the way that it wants.
        boolean fits(Map<String, Secret> members);

        /// Writes it down.
        ///
        /// @param ends when what was issued ends
        Stored<Grant> write(Instant ends);
    }

    /// What is to be handed out.
    ///
    /// @param members nothing where the client may not ask who the user is
    /// @param ends when the last of it that counts here ends
    private record Made(Map<String, Secret> members, Instant ends) {
        static final Made NOTHING = new Made(Map.of(), Instant.EPOCH);
    }

    private final Issuer issuer;
    private final GrantedIdTokens idTokens;
    private final TokenWitness witness;

    /// @param subjects what clients know users as
    /// @param witness is told of every token and every refusal
    public ImplicitTokens(Issuer issuer, IdTokens idTokens, UserStore users, Subjects subjects, TokenWitness witness) {
        this.issuer = issuer;
        this.idTokens = new GrantedIdTokens(idTokens, users, subjects);
        this.witness = witness;
    }

    /// Blocks. An ID token alone is decided on and charged as the access token that it comes without.
    ///
    /// @param access whether an access token goes along
    /// @throws FactsUnavailable when there is no key to sign with, or no database
    public Given give(HttpFacts http, Api api, Application application, Grant grant, boolean access, Last last) {
        Ask ask = new Ask.Redeem(Optional.empty(), http.from());
        Presented presented = new Presented.Granted(grant.claims());
        if (access) {
            return switch (issuer.issue(presented, api, ask, http.arrivedNanos())) {
                case Issuer.Issued.Refused(Refusal refusal) -> none(http, api, refusal);
                case Issuer.Issued.Token(Minted.Token token, Verdict.Allowed allowed, Charge.Made charge) ->
                    handedOut(http, api, allowed, charge, both(api, application, grant, token), last);
            };
        }
        return switch (issuer.leave(presented, api, ask, http.arrivedNanos())) {
            case Issuer.Leave.Refused(Refusal refusal) -> none(http, api, refusal);
            case Issuer.Leave.Given(Verdict.Allowed allowed, Charge.Made charge) ->
                handedOut(http, api, allowed, charge, alone(api, application, grant, allowed.scopes()), last);
        };
    }

    private Given none(HttpFacts http, Api api, Refusal refusal) {
        witness.refused(http, api, refusal);
        return new Given.None(refusal);
    }

    private Given handedOut(
            HttpFacts http, Api api, Verdict.Allowed allowed, Charge.Made charge, Supplier<Made> make, Last last) {
        boolean given = false;
        try {
            Made made = make.get();
            if (made.members().isEmpty()) {
                return none(http, api, new Refusal.BadScope());
            }
            if (!last.fits(made.members())) {
                return new Given.TooLong();
            }
            Stored<Grant> stored = last.write(made.ends());
            given = stored instanceof Stored.Done;
            if (given) {
                witness.issued(http, api, allowed.members().credential());
            }
            return new Given.Written(stored, made.members());
        } finally {
            if (!given) {
                issuer.unused(charge);
            }
        }
    }

    private Supplier<Made> both(Api api, Application application, Grant grant, Minted.Token token) {
        return () -> idTokens.beside(token, grant, grant.nonce(), api, application)
                .map(id -> {
                    Map<String, Secret> members = new LinkedHashMap<>();
                    members.put("access_token", token.text());
                    members.put("token_type", Secret.of(TokenEndpoint.tokenType(token.claims())));
                    members.put("expires_in", Secret.of(Long.toString(token.lifeSeconds())));
                    members.put("scope", Secret.of(token.claims().scopes().text()));
                    members.put("id_token", Secret.of(id));
                    return new Made(members, token.claims().expiresAt());
                })
                .orElse(Made.NOTHING);
    }

    /// Nobody shows an ID token here to be let in, so nothing is left that could end.
    private Supplier<Made> alone(Api api, Application application, Grant grant, Scopes scopes) {
        return () -> idTokens.alone(grant, scopes, api, application)
                .map(id -> new Made(
                        Map.of("id_token", Secret.of(id)), grant.claims().issuedAt()))
                .orElse(Made.NOTHING);
    }
}
