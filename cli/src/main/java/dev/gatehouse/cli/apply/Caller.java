package dev.gatehouse.cli.apply;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whose key is used. What it stands on is not for it to change.
///
/// @param organization the id of the one that it acts in
/// @param own the ids of all that it stands on
/// @param provider whether it belongs to the root organization
record Caller(String organization, Set<String> own, boolean provider) {
    static Caller of(AdminClient client) {
        Json.Obj who = client.whoami();
        return new Caller(
                id(who, "organization").orElse(""),
                Stream.of(
                                id(who, "organization"),
                                id(who, "application"),
                                id(who, "membership"),
                                member(who, "membership").flatMap(own -> own.text("user")),
                                id(who, "credential"),
                                id(who, "role"))
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet()),
                member(who, "organization")
                        .filter(own -> own.get("parent").isEmpty())
                        .isPresent());
    }

    /// Whether it would cut the ground from under itself.
    boolean standsOn(String id) {
        return own.contains(id);
    }

    private static Optional<String> id(Json.Obj who, String noun) {
        return member(who, noun).flatMap(own -> own.text("id"));
    }

    private static Optional<Json.Obj> member(Json.Obj who, String noun) {
        return who.get(noun)
                .flatMap(value -> value instanceof Json.Obj own ? Optional.of(own) : Optional.<Json.Obj>empty());
    }
}
