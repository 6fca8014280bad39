package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import java.util.Optional;

/// Whose key is used. What it stands on is not for it to change.
///
/// @param role the id of its role; empty without one
/// @param provider whether it belongs to the root organization
record Caller(String organization, String application, String credential, String role, boolean provider) {
    static Caller of(AdminClient client) {
        Json.Obj who = client.whoami();
        return new Caller(
                id(who, "organization").orElse(""),
                id(who, "application").orElse(""),
                id(who, "credential").orElse(""),
                id(who, "role").orElse(""),
                member(who, "organization")
                        .filter(own -> own.get("parent").isEmpty())
                        .isPresent());
    }

    /// Whether it would cut the ground from under itself.
    boolean standsOn(String id) {
        return id.equals(organization) || id.equals(application) || id.equals(credential) || id.equals(role);
    }

    private static Optional<String> id(Json.Obj who, String noun) {
        return member(who, noun).flatMap(own -> own.text("id"));
    }

    private static Optional<Json.Obj> member(Json.Obj who, String noun) {
        return who.get(noun)
                .flatMap(value -> value instanceof Json.Obj own ? Optional.of(own) : Optional.<Json.Obj>empty());
    }
}
