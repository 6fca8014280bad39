package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.client.ClientAssertion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Client authentication as it was sent: `client_secret_basic`, `client_secret_post`, `private_key_jwt` or none,
/// one of them and nothing beside it. Whom its connection proves says who it is and nothing more (RFC 8705
/// section 2).
final class ClientAuthentication {
    /// What reading gave.
    sealed interface Read {
        /// A client and what it shows: a secret, unproven, or an assertion or a certificate that was proven.
        record Shown(Presented.OfClient client, boolean byHeader) implements Read {}

        /// What a client signed, as it was sent: [AssertedClients] makes something else of it.
        ///
        /// @param clientId who the request says that it is from
        record Signed(Secret assertion, Optional<String> clientId) implements Read {}

        /// A client that shows nothing, unless its connection does: [CertifiedClients].
        record Named(String clientId) implements Read {}

        /// None, or too many.
        ///
        /// @param refusal what it was about, for logs
        record Failed(OAuthError error, Refusal refusal) implements Read {
            /// As anybody can see.
            Failed(OAuthError error) {
                this(error, new Refusal.NoCredential());
            }
        }
    }

    /// What proves a client in a form.
    static final Set<String> PARAMETERS = Set.of("client_secret", "client_assertion", "client_assertion_type");

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
        if (assertion) {
            return signed(form);
        }
        Optional<String> id = form.value("client_id");
        Optional<String> secret = form.value("client_secret");
        if (id.isPresent() && secret.isPresent()) {
            return shown(id.get(), secret.get(), ClientMethod.SECRET_POST);
        }
        return id.isPresent() && methods == 0 && possible(id.get())
                ? new Read.Named(id.get())
                : new Read.Failed(new OAuthError.InvalidClient(false));
    }

    /// RFC 7521 section 4.2.
    private static Read signed(Form form) {
        return form.value("client_assertion_type")
                .filter(ClientAssertion.TYPE::equals)
                .flatMap(_ -> form.value("client_assertion"))
                .<Read>map(text -> new Read.Signed(Secret.of(text), form.value("client_id")))
                .orElseGet(() -> new Read.Failed(
                        new OAuthError.InvalidClient(false),
                        new Refusal.BadCredential("no client_assertion of the type jwt-bearer")));
    }

    /// A client of another wire format, which has no place for it but the request itself.
    static Read posted(Form form) {
        Optional<String> id = form.value("client_id").filter(ClientAuthentication::possible);
        Optional<String> secret = form.value("client_secret");
        if (id.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidClient(false));
        }
        return secret.isPresent() ? shown(id.get(), secret.get(), ClientMethod.SECRET_POST) : new Read.Named(id.get());
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
        return shown(id, basic.get().secret().reveal(), ClientMethod.SECRET_BASIC);
    }

    /// What cannot be a client's name or secret is refused here and never looked up (GAUNTLET C08).
    private static Read shown(String id, String secret, ClientMethod method) {
        boolean byHeader = method == ClientMethod.SECRET_BASIC;
        return possible(id) && !secret.isEmpty() && secret.length() <= MAX_LENGTH
                ? new Read.Shown(new Presented.Client(id, Secret.of(secret), method), byHeader)
                : new Read.Failed(new OAuthError.InvalidClient(byHeader));
    }

    static boolean possible(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && !FormText.control(id);
    }
}
