package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Offered;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A token request, read and not yet believed.
///
/// @param presented the client, and what it exchanges or for whom it acts; or what a page has
/// @param byHeader whether the client authenticates in the Authorization header
/// @param life how long the token shall live, by the parameter `expires_in`
/// @param issued what an exchange calls the type of the token that it gives (RFC 8693 section 2.2.1)
/// @param details what is asked for more exactly than by scopes (RFC 9396)
record TokenRequest(
        Presented presented,
        boolean byHeader,
        Optional<Scopes> scopes,
        Optional<Duration> life,
        Grant grant,
        String issued,
        Optional<AuthorizationDetails> details) {
    /// On what ground a token is asked for.
    enum Grant {
        CLIENT_CREDENTIALS,
        EXCHANGE,
        JWT_BEARER,
        DOMAIN_KEY,
        RENEWAL
    }

    /// What reading gave.
    sealed interface Read {
        /// A request.
        record Request(TokenRequest request) implements Read {}

        /// One on what a user granted, which takes the database.
        ///
        /// @param client who asks, as it was sent
        /// @param presenting says whom it is for besides
        record OnGrant(GrantType type, ClientAuthentication.Read client, Form form, UnaryOperator<Presented> presenting)
                implements Read {
            /// For nobody besides.
            OnGrant(GrantType type, ClientAuthentication.Read client, Form form) {
                this(type, client, form, UnaryOperator.identity());
            }
        }

        /// One on the word of an issuer, which takes the database.
        ///
        /// @param client who asks, as it was sent
        /// @param exchange whether that is shown as the subject's token (RFC 8693 section 2.1)
        record Bearer(ClientAuthentication.Read client, Form form, boolean exchange) implements Read {}

        /// One for an ID token, which takes the database.
        ///
        /// @param client who asks, as it was sent
        record IdToken(ClientAuthentication.Read client, Form form) implements Read {}

        /// One of a client that signed what proves it, which takes the database.
        record Signed() implements Read {}

        /// None.
        ///
        /// @param refusal what it was about, where a client tried to prove itself
        record Failed(OAuthError error, Optional<Refusal> refusal) implements Read {
            /// As anybody can see.
            Failed(OAuthError error) {
                this(error, Optional.empty());
            }
        }
    }

    /// Applications that have a secret show it again; a token alone is no proof of them here.
    private static final Set<CredentialKind> RENEWED = Set.of(CredentialKind.DOMAIN_KEY);

    static final String CLIENT_CREDENTIALS = "client_credentials";

    /// Reads a request. The checks in order; the first that fails answers.
    ///
    /// @param proven what becomes of the client authentication before anything is made of it
    static Read read(HttpFacts http, Api api, UnaryOperator<ClientAuthentication.Read> proven) {
        return switch (FormRequest.read(http)) {
            case FormRequest.Read.Failed(OAuthError error) -> new Read.Failed(error);
            case FormRequest.Read.Sent(Form form) -> read(http, form, api, proven);
        };
    }

    /// What is asked of the decision.
    ///
    /// @param offered what the token may be bound to; those of pages are bound to nothing
    Ask ask(HttpFacts http, Offered offered) {
        return switch (grant) {
            case CLIENT_CREDENTIALS, EXCHANGE, JWT_BEARER ->
                new Ask.Mint(scopes, http.from(), http.origin(), life, offered, details);
            case DOMAIN_KEY -> new Ask.Mint(scopes, http.from(), http.origin(), life, Offered.NONE, details);
            case RENEWAL -> new Ask.Renew(scopes, http.from(), http.origin(), RENEWED);
        };
    }

    /// What is presented, with what was proven beside it.
    Presented presented(Offered offered) {
        return presented instanceof Presented.Exchanging exchanging ? exchanging.proving(offered) : presented;
    }

    /// A refusal on this wire.
    OAuthError error(Refusal refusal) {
        OAuthError error = OAuthError.of(refusal, byHeader);
        // RFC 6749 section 5.2: no client failed to prove itself here, the grant does not count
        boolean ofGrant = grant == Grant.RENEWAL || grant == Grant.JWT_BEARER;
        boolean wrong = error instanceof OAuthError.InvalidClient || error instanceof OAuthError.InvalidSubject;
        return ofGrant && wrong ? new OAuthError.InvalidGrant() : error;
    }

    private static Read read(HttpFacts http, Form form, Api api, UnaryOperator<ClientAuthentication.Read> proven) {
        Optional<String> grant = form.value("grant_type");
        if (grant.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidRequest("grant_type is missing"));
        }
        if (PageGrants.TYPES.contains(grant.get())) {
            return PageGrants.read(grant.get(), http, form, api);
        }
        ClientAuthentication.Read client = proven.apply(ClientAuthentication.read(http, form));
        Optional<GrantType> onGrant = GrantType.of(grant.get())
                .filter(type -> type == GrantType.AUTHORIZATION_CODE
                        || type == GrantType.REFRESH_TOKEN
                        || type == GrantType.DEVICE_CODE
                        || type == GrantType.CIBA);
        if (client instanceof ClientAuthentication.Read.Signed) {
            return new Read.Signed();
        }
        if (grant.get().equals(BearerGrant.TYPE)) {
            return new Read.Bearer(client, form, false);
        }
        if (onGrant.isPresent() && !(client instanceof ClientAuthentication.Read.Failed)) {
            return new Read.OnGrant(onGrant.get(), client, form);
        }
        return switch (client) {
            case ClientAuthentication.Read.Failed(OAuthError error, Refusal refusal) ->
                new Read.Failed(error, Optional.of(refusal).filter(why -> !(why instanceof Refusal.NoCredential)));
            case ClientAuthentication.Read.Signed _, ClientAuthentication.Read.Named _ ->
                new Read.Failed(new OAuthError.InvalidClient(false));
            case ClientAuthentication.Read.Shown shown ->
                switch (grant.get()) {
                    // RFC 6749 section 4.4.2
                    case CLIENT_CREDENTIALS ->
                        granted(shown.client(), shown.byHeader(), form, api, Grant.CLIENT_CREDENTIALS);
                    case TokenExchange.GRANT_TYPE -> TokenExchange.read(shown, form, api);
                    default -> new Read.Failed(new OAuthError.UnsupportedGrantType());
                };
        };
    }

    /// A token exchange, whose own parameters were read.
    static Read exchange(Presented presented, boolean byHeader, Form form, Api api) {
        return granted(presented, byHeader, form, api, Grant.EXCHANGE);
    }

    /// What every grant takes.
    static Read granted(Presented presented, boolean byHeader, Form form, Api api, Grant grant) {
        if (!ProtectedResource.named(form.value("resource").orElse(api.audience()), api)) {
            return new Read.Failed(new OAuthError.InvalidTarget());
        }
        Optional<Scopes> scopes = form.value("scope").flatMap(Scopes::parse);
        if (form.has("scope") && scopes.isEmpty()) {
            return new Read.Failed(new OAuthError.InvalidScope());
        }
        if (LifeParameter.wrong(form)) {
            return new Read.Failed(new OAuthError.InvalidRequest(LifeParameter.WRONG));
        }
        DetailsParameter.Read details = DetailsParameter.read(form);
        if (details instanceof DetailsParameter.Read.Wrong wrong) {
            return new Read.Failed(wrong.error());
        }
        if (grant == Grant.RENEWAL && details.asked().isPresent()) {
            return new Read.Failed(new OAuthError.InvalidDetails("a token in the place of another has what that has"));
        }
        return new Read.Request(new TokenRequest(
                presented,
                byHeader,
                scopes,
                LifeParameter.of(form),
                grant,
                form.value("requested_token_type").orElse(TokenExchange.ACCESS_TOKEN),
                details.asked()));
    }
}
