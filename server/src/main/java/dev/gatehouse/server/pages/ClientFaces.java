package dev.gatehouse.server.pages;

import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.RegistrationStore.Registered;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What clients that registered themselves want people to see where they sign in (OpenID Connect Registration
/// section 2): a logo, and links to their policy and terms. Nobody checked them, so links say where they lead, and a
/// logo is shown only from where the client is answered (RFC 7591 section 5).
record ClientFaces(Store store) {
    /// What there is of a client; nothing where that cannot be read now, because nobody needs it to sign in.
    View.Face of(Id application) {
        try {
            return store.registrations()
                    .registered(application)
                    .map(Registered::metadata)
                    .flatMap(text -> StrictJson.object(text.getBytes(StandardCharsets.UTF_8)))
                    .map(told -> face(told, application))
                    .orElse(View.Face.NONE);
        } catch (FactsUnavailable _) {
            return View.Face.NONE;
        }
    }

    private View.Face face(Json.Members told, Id application) {
        return new View.Face(
                page(told, "logo_uri")
                        .filter(logo -> store.members()
                                .application(application)
                                .filter(client -> answeredThere(client, logo))
                                .isPresent())
                        .map(ClientFaces::link),
                page(told, "policy_uri").map(ClientFaces::link),
                page(told, "tos_uri").map(ClientFaces::link));
    }

    private static Optional<RedirectUri> page(Json.Members told, String name) {
        return told.text(name).flatMap(RedirectUri::parse).filter(RedirectUri::claimed);
    }

    private static View.Way link(RedirectUri uri) {
        return new View.Way(uri.text(), uri.origin().orElseThrow());
    }

    private static boolean answeredThere(Application client, RedirectUri logo) {
        return client.terms().redirects().stream().anyMatch(uri -> uri.origin().equals(logo.origin()));
    }
}
