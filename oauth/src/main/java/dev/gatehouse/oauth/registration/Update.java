package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a client sends besides its metadata to write its registration anew: its own name, its own secret if it
/// likes, and nothing of what only the server says (RFC 7592 section 2.2).
final class Update {
    private static final String SECRET = "client_secret";

    /// What a client is told, and sends to nobody: one that does has mixed up what it has with what it wants.
    private static final List<String> TOLD = List.of(
            "registration_access_token", "registration_client_uri", "client_id_issued_at", "client_secret_expires_at");

    private Update() {}

    /// What is wrong with it; empty when nothing is.
    ///
    /// @param proves whether a secret is the client's
    static Optional<String> mistake(Json.Members sent, Application client, Predicate<Secret> proves) {
        if (!sent.text("client_id").equals(Optional.of(client.clientId()))) {
            return Optional.of("client_id is not that of this client");
        }
        boolean stranger = has(sent, SECRET)
                && sent.text(SECRET).map(Secret::of).filter(proves).isEmpty();
        return stranger
                ? Optional.of("client_secret is not that of this client")
                : TOLD.stream()
                        .filter(name -> has(sent, name))
                        .map(name -> name + " is told here, and not sent")
                        .findFirst();
    }

    private static boolean has(Json.Members sent, String name) {
        Json value = sent.byName().getOrDefault(name, new Json.Null());
        return !(value instanceof Json.Null);
    }
}
