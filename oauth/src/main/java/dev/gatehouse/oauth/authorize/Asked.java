package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.right.Identity;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.oauth.endpoint.Form;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
        Optional<String> flaw) {
    boolean openId() {
        return scopes().contains(Identity.OPENID);
    }

    /// What is asked for; everything that the client may have for its users where it says nothing (RFC 6749
    /// section 3.3).
    Scopes scopes() {
        return form.value("scope")
                .flatMap(Scopes::parse)
                .orElseGet(() ->
                        client.role().map(role -> role.rights().at(api.id())).orElse(Scopes.NONE));
    }

    ResponseMode mode() {
        return form.value("response_mode").flatMap(ResponseMode::of).orElse(ResponseMode.QUERY);
    }

    boolean prompts(String how) {
        return form.value("prompt")
                .map(list -> List.of(list.split(" ", -1)).contains(how))
                .orElse(false);
    }

    Optional<Long> maxAgeSeconds() {
        return form.value("max_age").map(Long::parseLong);
    }

    /// Whether the person shall prove itself, rather than that it has done so somewhere and some time.
    boolean fresh() {
        return prompts("login") || maxAgeSeconds().isPresent();
    }

    AskingClient asking() {
        return new AskingClient(
                client.application().id(),
                client.application().clientId(),
                client.application().name());
    }
}
