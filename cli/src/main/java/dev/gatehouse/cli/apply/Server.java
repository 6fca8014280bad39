package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a server has, as far as it was looked at.
///
/// @param revoked what was ended for good; its name may still be taken
/// @param organizations ids by path
/// @param notes what could not be brought into files as it is
record Server(
        Caller caller,
        Map<Key, Found> found,
        Set<Key> revoked,
        Map<OrganizationPath, String> organizations,
        List<String> notes) {
    Server {
        found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
        revoked = Set.copyOf(revoked);
        organizations = Map.copyOf(organizations);
        notes = List.copyOf(notes);
    }

    Optional<Found> at(Key key) {
        return Optional.ofNullable(found.get(key));
    }

    Stream<Found> all() {
        return found.values().stream();
    }

    /// The id by which others refer to something.
    Optional<String> id(Key key) {
        return key instanceof Key.Organization(OrganizationPath path)
                ? Optional.ofNullable(organizations.get(path))
                : at(key).map(Found::id);
    }

    /// The scopes of the Apis, by Api.
    Map<String, Json> scopes() {
        Map<String, Json> scopes = new LinkedHashMap<>();
        all().forEach(one -> {
            if (one.key() instanceof Key.Api(String name)) {
                scopes.put(name, one.json().get("scopes").orElse(Json.Obj.EMPTY));
            }
        });
        return scopes;
    }
}
