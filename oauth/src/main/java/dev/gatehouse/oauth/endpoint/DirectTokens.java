package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.proof.Presented;
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
import java.util.function.Function;

/// Tokens that are the answer to an authorization request themselves (OpenID Connect Core section 3.2.2.5). They are
/// made first, and belong to whoever wins the write that uses the request up. The client proves nothing: what it
/// gets is bound to nothing, and there is no refresh token.
public final class DirectTokens {
    /// The most characters of an answer: it travels in one header of a redirect, and in a signed one twice encoded.
    private static final int MAX_LENGTH = 8000;

    /// What a request came to.
    public sealed interface Given {
        /// It was written down, or why not.
        ///
        /// @param members what the client is told, if it was
        record Written(Stored<Grant> stored, Map<String, String> members) implements Given {}

        /// There is no token.
        record None(Refusal refusal) implements Given {}
    }

    private final Issuer issuer;
    private final GrantedIdTokens idTokens;
    private final TokenWitness witness;

    /// @param subjects what clients know users as
    /// @param witness is told of every token and every refusal
    public DirectTokens(
            Issuer issuer, IdTokens idTokens, UserStore users, Subjects subjects, TokenWitness witness) {
        this.issuer = issuer;
        this.idTokens = new GrantedIdTokens(idTokens, users, subjects);
        this.witness = witness;
    }

    /// Blocks. An ID token alone is decided on and charged as the access token that it comes without.
    ///
    /// @param access whether an access token goes along
    /// @param last uses the request up, told when what was issued ends
    /// @throws FactsUnavailable when there is no key to sign with, or no database
    public Given give(
            HttpFacts http,
            Api api,
            Application application,
            Grant grant,
            boolean access,
            Function<Instant, Stored<Grant>> last) {
        Ask ask = new Ask.Redeem(Optional.empty(), http.from());
        return switch (issuer.issue(new Presented.Granted(grant.claims()), api, ask, http.arrivedNanos())) {
            case Issuer.Issued.Refused(Refusal refusal) -> none(http, api, refusal);
            case Issuer.Issued.Token token -> handedOut(http, api, application, grant, token, access, last);
        };
    }

    private Given none(HttpFacts http, Api api, Refusal refusal) {
        witness.refused(http, api, refusal);
        return new Given.None(refusal);
    }

    private Given handedOut(
            HttpFacts http,
            Api api,
            Application application,
            Grant grant,
            Issuer.Issued.Token token,
            boolean access,
            Function<Instant, Stored<Grant>> last) {
        boolean given = false;
        try {
            Optional<String> id = access
                    ? idTokens.beside(token.token(), grant, grant.nonce(), api, application)
                    : idTokens.alone(token.token(), grant, api, application);
            if (id.isEmpty()) {
                return none(http, api, new Refusal.BadScope());
            }
            Map<String, String> members = members(token.token(), access, id.get());
            if (members.values().stream().mapToInt(String::length).sum() > MAX_LENGTH) {
                return none(http, api, new Refusal.BadScope());
            }
            Stored<Grant> stored = last.apply(token.token().claims().expiresAt());
            given = stored instanceof Stored.Done;
            if (given) {
                witness.issued(http, api, token.allowed().members().credential());
            }
            return new Given.Written(stored, members);
        } finally {
            if (!given) {
                issuer.unused(token);
            }
        }
    }

    private static Map<String, String> members(Minted.Token token, boolean access, String id) {
        Map<String, String> members = new LinkedHashMap<>();
        if (access) {
            members.put("access_token", token.text().reveal());
            members.put("token_type", TokenEndpoint.tokenType(token.claims()));
            members.put("expires_in", Long.toString(token.lifeSeconds()));
            members.put("scope", token.claims().scopes().text());
        }
        members.put("id_token", id);
        return members;
    }
}
