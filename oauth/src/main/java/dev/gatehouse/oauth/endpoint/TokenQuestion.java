package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A client's request about a token (RFC 7662 section 2.1, RFC 7009 section 2.1), read and not yet believed.
/// `token_type_hint` is left aside: a token says by its form what it is, whatever the hint claims.
///
/// @param byHeader whether the client authenticates in the Authorization header
/// @param token what it calls a token; anything at all
record TokenQuestion(Presented.OfClient client, boolean byHeader, Secret token) {
    /// What reading gave.
    sealed interface Read {
        /// A request.
        record Asked(TokenQuestion question) implements Read {}

        /// One of a client that shows nothing.
        record Public(String clientId, Secret token) implements Read {}

        /// One of a client that signed what proves it, which takes the database.
        record Signed() implements Read {}

        /// None.
        record Failed(OAuthError error) implements Read {}
    }

    /// Reads a request. Who asks comes before what is asked.
    ///
    /// @param proven what becomes of the client authentication before anything is made of it
    static Read read(HttpFacts http, UnaryOperator<ClientAuthentication.Read> proven) {
        return switch (FormRequest.read(http)) {
            case FormRequest.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case FormRequest.Read.Sent(Form form) ->
                switch (proven.apply(ClientAuthentication.read(http, form))) {
                    case ClientAuthentication.Read.Failed(OAuthError error, var _) -> new Read.Failed(error);
                    case ClientAuthentication.Read.Signed _ -> new Read.Signed();
                    case ClientAuthentication.Read.Named(String clientId) ->
                        read(form, token -> new Read.Public(clientId, token));
                    case ClientAuthentication.Read.Shown shown ->
                        read(form, token -> new Read.Asked(new TokenQuestion(shown.client(), shown.byHeader(), token)));
                };
        };
    }

    private static Read read(Form form, Function<Secret, Read> asked) {
        return form.value("token")
                .map(Secret::of)
                .map(asked)
                .orElseGet(() -> new Read.Failed(new OAuthError.InvalidRequest("token is missing")));
    }
}
