package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.oauth.endpoint.DetailsParameter;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.token.AskedClaims;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An authorization request whose client and whose way back are sure; everything else in it is still to be
/// checked.
///
/// @param form the parameters
/// @param raw the same as they were sent
/// @param registered the registered URI that the way back is
/// @param redirect the way back
/// @param begun when it was first heard of
/// @param pushed what it is kept under, where the client pushed it
/// @param signed whether the client signed the parameters
/// @param waited whether it waited for a person, and so can come again
/// @param flaw what is wrong with the object that they should have come in
record Asked(
        Form form,
        String raw,
        Api api,
        Actor client,
        RedirectUri registered,
        String redirect,
        Instant begun,
        Optional<Digest> pushed,
        boolean signed,
        boolean waited,
        Optional<AuthorizeError> flaw) {
    boolean openId() {
        return scopes().contains(Identity.OPENID);
    }

    /// What is asked for; everything that the client may have for its users where it says nothing (RFC 6749
    /// section 3.3), and nothing where it says exactly what it wants, and that alone (RFC 9396).
    Scopes scopes() {
        return type().filter(ResponseType::implicit).map(this::atOnce).orElseGet(this::named);
    }

    /// Where tokens are the answer none is for later, and where an ID token alone is nobody calls anything.
    private Scopes atOnce(ResponseType type) {
        return Scopes.of(named().list().stream()
                .filter(scope -> !scope.equals(Identity.OFFLINE_ACCESS))
                .filter(scope -> type.access() || Identity.has(scope))
                .toList());
    }

    private Scopes named() {
        return form.value("scope")
                .flatMap(Scopes::parse)
                .orElseGet(() -> form.has(DetailsParameter.NAME)
                        ? Scopes.NONE
                        : client.role().map(role -> role.rights().at(api.id())).orElse(Scopes.NONE));
    }

    /// What is asked for one by one (OpenID Connect Core section 5.5), beside the scopes.
    AskedClaims claims() {
        return form.value("claims")
                .filter(_ -> openId())
                .flatMap(AskedClaims::read)
                .map(asked -> asked.beside(scopes()))
                .orElse(AskedClaims.NONE);
    }

    /// The scopes, and those that have the claims in them that are asked for.
    Scopes wanted() {
        return Scopes.of(Stream.of(scopes(), claims().implied())
                .flatMap(some -> some.list().stream())
                .toList());
    }

    /// What the answer shall be; empty where it is nothing that is known.
    Optional<ResponseType> type() {
        return form.value("response_type").flatMap(ResponseType::of);
    }

    /// Whether the answer, and so every error, is one that never stands in a query (OAuth 2.0 Multiple Response
    /// Type Encoding Practices section 5).
    boolean frontChannel() {
        return api.clients().implicit()
                && form.value("response_type")
                        .map(type -> List.of(type.split(" ", -1)))
                        .filter(words -> words.contains("token") || words.contains("id_token"))
                        .isPresent();
    }

    /// What is asked for more exactly than by scopes (RFC 9396).
    DetailsParameter.Read detailed() {
        return DetailsParameter.read(form, api, client.application().terms());
    }

    /// The same where it is sound.
    AuthorizationDetails details() {
        return detailed().asked().orElse(AuthorizationDetails.NONE);
    }

    ResponseMode mode() {
        return ResponseMode.of(form.value("response_mode"), frontChannel());
    }

    boolean prompts(String how) {
        return form.value("prompt")
                .map(list -> List.of(list.split(" ", -1)).contains(how))
                .orElse(false);
    }

    Optional<Long> maxAgeSeconds() {
        return form.value("max_age")
                .map(Long::parseLong)
                .or(() -> client.application().terms().openId().maxAgeSeconds());
    }

    /// Whether the person shall prove itself, rather than that it has done so somewhere and some time.
    boolean fresh() {
        return prompts("login") || maxAgeSeconds().isPresent();
    }

    /// How the person would best have proven itself, apart by spaces; what the client registered where the
    /// request does not say (OpenID Connect Registration section 2).
    Optional<String> acrValues() {
        return form.value("acr_values")
                .or(() -> Optional.of(client.application().terms().openId().acrValues())
                        .filter(values -> !values.isEmpty())
                        .map(values -> String.join(" ", values)));
    }

    AskingClient asking() {
        return new AskingClient(
                client.application().id(),
                client.application().clientId(),
                client.application().name());
    }
}
