package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import java.util.Optional;

/// The token exchange grant (RFC 8693): a client that acts for a customer, or that wants a narrower token in
/// exchange for one of its own. A customer has no token, so its id is the `subject_token`, under a type of ours.
/// The actor is the client that authenticates, never another one.
final class TokenExchange {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    static final String CUSTOMER = "urn:gatehouse:token-type:customer";

    private TokenExchange() {}

    /// Reads what RFC 8693 section 2.1 adds to a request. The checks in order; the first that fails answers
    /// (GAUNTLET G02).
    static TokenRequest.Read read(ClientAuthentication.Read.Shown shown, Form form, Api api) {
        if (form.has("actor_token") || form.has("actor_token_type")) {
            return invalid("the actor is the client that authenticates; no actor_token is taken");
        }
        if (!form.value("requested_token_type").orElse(ACCESS_TOKEN).equals(ACCESS_TOKEN)) {
            return invalid("requested_token_type is not " + ACCESS_TOKEN);
        }
        if (!form.value("audience").orElse(api.audience()).equals(api.audience())) {
            return new TokenRequest.Read.Failed(new OAuthError.InvalidTarget());
        }
        Optional<String> token = form.value("subject_token");
        if (token.isEmpty()) {
            return invalid("subject_token is missing");
        }
        Optional<String> type = form.value("subject_token_type");
        if (type.isEmpty()) {
            return invalid("subject_token_type is missing");
        }
        return switch (type.get()) {
            case ACCESS_TOKEN ->
                TokenRequest.exchange(
                        new Presented.Exchanging(shown.client(), Secret.of(token.get())), shown.byHeader(), form, api);
            case CUSTOMER ->
                Id.parse(Kind.CUSTOMER, token.get())
                        .map(customer -> TokenRequest.exchange(
                                new Presented.Acting(shown.client(), customer), shown.byHeader(), form, api))
                        .orElseGet(() -> new TokenRequest.Read.Failed(new OAuthError.InvalidSubject()));
            default -> invalid("subject_token_type is neither " + CUSTOMER + " nor " + ACCESS_TOKEN);
        };
    }

    private static TokenRequest.Read invalid(String what) {
        return new TokenRequest.Read.Failed(new OAuthError.InvalidRequest(what));
    }
}
