package dev.gatehouse.server.pages;

import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What clients that registered themselves want people to see where they sign in (OpenID Connect Registration
/// section 2): links to their policy and terms. Nobody checked them, so each says where it leads. A logo is not
/// shown: whoever may register would have its own server told of everybody who looks at our page, and could put
/// the mark of a bank there (GAUNTLET A09).
record ClientFaces(Store store) {
    /// What there is of a client; nothing where that cannot be read now, because nobody needs it to sign in.
    View.Face of(Id application) {
        try {
            return store.registrations()
                    .registered(application)
                    .map(Registered::metadata)
                    .flatMap(text -> StrictJson.object(text.getBytes(StandardCharsets.UTF_8)))
                    .map(ClientFaces::face)
                    .orElse(View.Face.NONE);
        } catch (FactsUnavailable _) {
            return View.Face.NONE;
        }
    }

    private static View.Face face(Json.Members told) {
        return new View.Face(
                page(told, "policy_uri").map(ClientFaces::link),
                page(told, "tos_uri").map(ClientFaces::link));
    }

    private static Optional<RedirectUri> page(Json.Members told, String name) {
        return told.text(name).flatMap(RedirectUri::parse).filter(RedirectUri::claimed);
    }

    private static View.Way link(RedirectUri uri) {
        return new View.Way(uri.text(), uri.origin().orElseThrow());
    }
}
