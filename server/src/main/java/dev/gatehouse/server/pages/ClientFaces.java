package dev.gatehouse.server.pages;

import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.RegistrationStore;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What clients that registered themselves want people to see where they sign in (OpenID Connect Registration
/// section 2): links to their policy and terms. Nobody checked them, so each says where it leads. A logo is not
/// shown: whoever may register would have its own server told of everybody who looks at our page, and could put
/// the mark of a bank there (GAUNTLET A09).
///
/// Anybody may look at that page without being anybody, as often as it likes: what was read is kept for a
/// minute, so that looking costs the database one read of a client at most in that time.
final class ClientFaces {
    private static final Duration KEPT = Duration.ofMinutes(1);

    /// Of so many clients, a few MB. Whose links are left out by a newer one is read again.
    private static final int MOST = 2_000;

    private record Kept(View.Face face, Instant until) {}

    private final RegistrationStore registrations;
    private final InstantSource clock;
    private final Map<Id, Kept> kept = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Kept> eldest) {
            return size() > MOST;
        }
    };

    ClientFaces(RegistrationStore registrations, InstantSource clock) {
        this.registrations = registrations;
        this.clock = clock;
    }

    /// What there is of a client, or was up to a minute ago.
    View.Face of(Id application) {
        Instant now = clock.instant();
        Optional<View.Face> found = known(application, now);
        if (found.isPresent()) {
            return found.get();
        }
        View.Face face = read(application);
        synchronized (kept) {
            kept.remove(application);
            kept.put(application, new Kept(face, now.plus(KEPT)));
        }
        return face;
    }

    private Optional<View.Face> known(Id application, Instant now) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(application))
                    .filter(one -> now.isBefore(one.until()))
                    .map(Kept::face);
        }
    }

    /// Nothing where that cannot be read now, because nobody needs it to sign in.
    private View.Face read(Id application) {
        try {
            return registrations
                    .registered(application)
                    .map(RegistrationStore.Registered::metadata)
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
