package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.token.AskedClaims;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.oauth.token.UserClaims;
import java.util.Map;
import java.util.Optional;

/// The ID tokens that go with access tokens on what users granted, with what their clients asked to be told there.
///
/// @param subjects what clients know users as
record GrantedIdTokens(IdTokens tokens, UserStore users, Subjects subjects) {
    /// The one beside an access token; empty where nobody asked who the user is. Blocks.
    ///
    /// @param nonce of the request, for the first one
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when there is no key to sign with, or no database
    Optional<String> beside(
            Minted.Token access, Grant grant, Optional<String> nonce, Api api, Application application) {
        Scopes scopes = access.claims().scopes();
        return api.openId() && scopes.contains(Identity.OPENID)
                ? Optional.of(tokens.write(
                        grant,
                        subjects.told(grant.user(), grant.known(), api.id(), application),
                        asked(grant, scopes),
                        nonce,
                        Optional.of(access.text()),
                        api,
                        api.clients().signing(SignedAnswer.ID_TOKEN, application.terms())))
                : Optional.empty();
    }

    /// The one that is the whole answer: nobody can ask UserInfo, so it says what the scopes tell, too (OpenID
    /// Connect Core section 5.4). Empty where the client may not ask who the user is. Blocks.
    ///
    /// @param scopes that are granted
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when there is no key to sign with, or no database
    Optional<String> alone(Grant grant, Scopes scopes, Api api, Application application) {
        if (!scopes.contains(Identity.OPENID)) {
            return Optional.empty();
        }
        AskedClaims asked = AskedClaims.kept(grant.asked());
        Map<String, Object> told = users.user(grant.user())
                .map(user -> UserClaims.idTokenAlone(user, scopes, asked))
                .orElse(Map.of());
        return Optional.of(tokens.write(
                grant,
                subjects.told(grant.user(), grant.known(), api.id(), application),
                told,
                grant.nonce(),
                Optional.empty(),
                api,
                api.clients().signing(SignedAnswer.ID_TOKEN, application.terms())));
    }

    /// In refreshed ones, too (OpenID Connect Core section 5.5).
    private Map<String, Object> asked(Grant grant, Scopes scopes) {
        AskedClaims asked = AskedClaims.kept(grant.asked());
        return asked.idToken().isEmpty()
                ? Map.of()
                : users.user(grant.user())
                        .map(user -> UserClaims.idToken(user, scopes, asked))
                        .orElse(Map.of());
    }
}
