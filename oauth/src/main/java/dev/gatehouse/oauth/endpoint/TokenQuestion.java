package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import java.util.Optional;

/// A client's request about a token (RFC 7662 section 2.1, RFC 7009 section 2.1), read and not yet believed.
/// `token_type_hint` is left aside: a token says by its form what it is, whatever the hint claims.
///
/// @param byHeader whether the client authenticates in the Authorization header
/// @param token what it calls a token; anything at all
record TokenQuestion(Presented.Client client, boolean byHeader, Secret token) {
    /// What reading gave.
    sealed interface Read {
        /// A request.
        record Asked(TokenQuestion question) implements Read {}

        /// None.
        record Failed(OAuthError error) implements Read {}
    }

    /// Reads a request. Who asks comes before what is asked.
    static Read read(HttpFacts http) {
        return switch (FormRequest.read(http)) {
            case FormRequest.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case FormRequest.Read.Sent(Form form) ->
                switch (ClientAuthentication.read(http, form)) {
                    case ClientAuthentication.Read.Failed(OAuthError error) -> new Read.Failed(error);
                    case ClientAuthentication.Read.Shown shown -> read(shown, form);
                };
        };
    }

    private static Read read(ClientAuthentication.Read.Shown shown, Form form) {
        Optional<String> token = form.value("token");
        return token.isPresent()
                ? new Read.Asked(new TokenQuestion(shown.client(), shown.byHeader(), Secret.of(token.get())))
                : new Read.Failed(new OAuthError.InvalidRequest("token is missing"));
    }
}
