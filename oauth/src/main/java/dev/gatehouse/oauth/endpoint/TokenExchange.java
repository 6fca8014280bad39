package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.client.IssuedAssertion;
import java.util.List;
import java.util.Optional;

/// The token exchange grant (RFC 8693): a client that acts for a customer, that wants a narrower token in exchange
/// for one of its own, or that acts for whoever another token is of. A customer has no token, so its id is the
/// `subject_token`, under a type of ours.
final class TokenExchange {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    static final String SUBJECT_TOKEN = "subject_token";
    static final String CUSTOMER = "urn:gatehouse:token-type:customer";

    private TokenExchange() {}

    /// Reads what RFC 8693 section 2.1 adds to a request. The checks in order; the first that fails answers
    /// (GAUNTLET G02).
    static TokenRequest.Read read(ClientAuthentication.Read.Shown shown, Form form, Api api) {
        List<String> types = types(api);
        if (!types.contains(form.value("requested_token_type").orElse(ACCESS_TOKEN))) {
            return invalid("requested_token_type is none of " + types);
        }
        if (!form.value("audience").orElse(api.audience()).equals(api.audience())) {
            return new TokenRequest.Read.Failed(new OAuthError.InvalidTarget());
        }
        Optional<String> token = form.value(SUBJECT_TOKEN);
        if (token.isEmpty()) {
            return invalid("subject_token is missing");
        }
        Optional<String> type = form.value("subject_token_type");
        if (type.isEmpty()) {
            return invalid("subject_token_type is missing");
        }
        if (form.has("actor_token") != form.has("actor_token_type")) {
            return invalid("actor_token and actor_token_type belong together");
        }
        if (form.has("actor_token")
                && !form.value("actor_token_type").filter(types::contains).isPresent()) {
            return invalid("actor_token_type is none of " + types);
        }
        if (type.get().equals(CUSTOMER)) {
            return customer(shown, token.get(), form, api);
        }
        boolean foreign = type.get().equals(JWT) && IssuedAssertion.foreign(token.get(), api);
        if ((foreign || type.get().equals(ID_TOKEN)) && form.has("actor_token")) {
            return invalid("who acts is the client that authenticates; no actor_token is taken with this subject");
        }
        if (foreign) {
            return new TokenRequest.Read.Bearer(shown, form, true);
        }
        if (type.get().equals(ID_TOKEN)) {
            return new TokenRequest.Read.IdToken(shown, form);
        }
        if (!types.contains(type.get())) {
            return invalid("subject_token_type is none of " + CUSTOMER + ", " + ID_TOKEN + " and " + types);
        }
        Presented.Exchanging presented = new Presented.Exchanging(
                shown.client(),
                Secret.of(token.get()),
                form.value("actor_token").map(Secret::of),
                Offered.NONE);
        return TokenRequest.exchange(presented, shown.byHeader(), form, api);
    }

    /// Where tokens are JWTs they may be called so too (section 3).
    private static List<String> types(Api api) {
        return api.tokens().format() == TokenFormat.JWT ? List.of(ACCESS_TOKEN, JWT) : List.of(ACCESS_TOKEN);
    }

    private static TokenRequest.Read customer(ClientAuthentication.Read.Shown shown, String token, Form form, Api api) {
        if (form.has("actor_token")) {
            return invalid("who acts for a customer is the client that authenticates; no actor_token is taken");
        }
        return Id.parse(Kind.CUSTOMER, token)
                .map(customer -> TokenRequest.exchange(
                        new Presented.Acting(shown.client(), customer), shown.byHeader(), form, api))
                .orElseGet(() -> new TokenRequest.Read.Failed(new OAuthError.InvalidSubject()));
    }

    private static TokenRequest.Read invalid(String what) {
        return new TokenRequest.Read.Failed(new OAuthError.InvalidRequest(what));
    }
}
