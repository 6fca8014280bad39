package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import java.util.List;
import java.util.Optional;

/// Client authentication as it was sent: `client_secret_basic` or `client_secret_post`, one of them and nothing
/// beside it.
final class ClientAuthentication {
    /// What reading gave.
    sealed interface Read {
        /// A client and its secret, unproven.
        record Shown(Presented.Client client, boolean byHeader) implements Read {}

        /// None, or too many.
        record Failed(OAuthError error) implements Read {}
    }

    private static final int MAX_LENGTH = 512;

    private ClientAuthentication() {}

    /// RFC 6749 section 2.3: a client uses no more than one authentication method in a request (GAUNTLET C04).
    static Read read(HttpFacts http, Form form) {
        List<String> headers = http.values("Authorization");
        boolean assertion = form.has("client_assertion") || form.has("client_assertion_type");
        int methods = headers.size() + (form.has("client_secret") ? 1 : 0) + (assertion ? 1 : 0);
        if (methods > 1) {
            return new Read.Failed(new OAuthError.InvalidRequest("more than one client authentication"));
        }
        if (headers.size() == 1) {
            return basic(headers.getFirst(), form);
        }
        Optional<String> id = form.value("client_id");
        Optional<String> secret = form.value("client_secret");
        return id.isPresent() && secret.isPresent()
                ? shown(id.get(), secret.get(), false)
                : new Read.Failed(new OAuthError.InvalidClient(false));
    }

    private static Read basic(String header, Form form) {
        Optional<BasicCredentials> basic = BasicCredentials.parse(header);
        if (basic.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidClient(true));
        }
        String id = basic.get().id();
        if (!form.value("client_id").orElse(id).equals(id)) {
            return new Read.Failed(
                    new OAuthError.InvalidRequest("client_id names another client than the Authorization header"));
        }
        return shown(id, basic.get().secret().reveal(), true);
    }

    /// What cannot be a client's name or secret is refused here and never looked up (GAUNTLET C08).
    private static Read shown(String id, String secret, boolean byHeader) {
        boolean possible = !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && !FormText.control(id)
                && !secret.isEmpty()
                && secret.length() <= MAX_LENGTH;
        return possible
                ? new Read.Shown(new Presented.Client(id, Secret.of(secret)), byHeader)
                : new Read.Failed(new OAuthError.InvalidClient(byHeader));
    }
}
