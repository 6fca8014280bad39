package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What will be there when the plan is carried out, to check what the files refer to: roles, Apis and scopes.
final class References {
    private final Map<Key, Json.Obj> roles = new HashMap<>();
    private final Map<String, Catalogue> catalogues = new HashMap<>();
    private final Mistakes mistakes;

    References(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /// Says that something will be there. Of two for one key the later one holds.
    void add(Key key, Json.Obj spec) {
        if (key instanceof Key.Role) {
            roles.put(key, rights(spec, "rights"));
        } else if (key instanceof Key.Api(String name)) {
            catalogues.put(name, catalogue(rights(spec, "scopes")));
        }
    }

    /// The role that an application names: the nearest one from its organization up.
    Optional<Key.Role> role(OrganizationPath organization, Wanted.RoleName name) {
        List<OrganizationPath> from = name.organization().map(List::of).orElse(organization.upwards());
        Optional<Key.Role> role = from.stream()
                .filter(organization.upwards()::contains)
                .map(path -> new Key.Role(path, name.name()))
                .filter(roles::containsKey)
                .findFirst();
        if (role.isEmpty()) {
            mistakes.add(name.place(), "there is no role " + name.name() + " in " + organization + " or above it");
        }
        return role;
    }

    /// How an application of an organization names a role: short where the nearest of its name is meant.
    Json written(OrganizationPath organization, Json.Obj reference) {
        String name = reference.text("name").orElse("");
        boolean nearest = organization.upwards().stream()
                .map(path -> new Key.Role(path, name))
                .filter(roles::containsKey)
                .findFirst()
                .filter(role -> Survey.reference(role).equals(reference))
                .isPresent();
        return nearest ? new Json.Str(name) : reference;
    }

    /// Every Api and scope that rights name must be there.
    void checkRights(Place place, Json.Obj rights) {
        rights.members().forEach((api, scopes) -> {
            Catalogue catalogue = catalogues.get(api);
            if (catalogue == null) {
                mistakes.add(place, "there is no Api " + api);
                return;
            }
            texts(scopes).stream()
                    .filter(scope -> !catalogue.knows(scope))
                    .forEach(scope -> mistakes.add(place, "the Api " + api + " has no scope " + scope));
        });
    }

    /// A credential asks for nothing that its application's role does not give.
    void checkReach(Place place, Json.Obj scopes, Optional<Key.Role> role) {
        Json.Obj given = role.map(roles::get).orElse(Json.Obj.EMPTY);
        scopes.members().forEach((api, asked) -> {
            Catalogue catalogue = catalogues.getOrDefault(api, Catalogue.EMPTY);
            Scopes held = Scopes.of(given.get(api).map(References::texts).orElse(List.of()));
            texts(asked).stream()
                    .filter(scope -> catalogue.knows(scope) && !catalogue.grants(held, scope))
                    .forEach(scope -> mistakes.add(
                            place,
                            role.map(one -> "the role " + one.name() + " of the application does not give ")
                                            .orElse("the application has no role that gives ")
                                    + scope + " at the Api " + api));
        });
    }

    void checkApi(Place place, String api) {
        if (!catalogues.containsKey(api)) {
            mistakes.add(place, "there is no Api " + api);
        }
    }

    static Json.Obj rights(Json.Obj spec, String member) {
        return spec.get(member).orElse(Json.Obj.EMPTY) instanceof Json.Obj rights ? rights : Json.Obj.EMPTY;
    }

    static List<String> texts(Json list) {
        return list instanceof Json.Arr(List<Json> items)
                ? items.stream().map(Difference::shown).toList()
                : List.of();
    }

    /// Implied scopes that are not there are told elsewhere.
    private static Catalogue catalogue(Json.Obj scopes) {
        Map<String, Catalogue.Entry> entries = new HashMap<>();
        scopes.members().forEach((scope, entry) -> {
            List<String> implied = entry instanceof Json.Obj members
                    ? members.get("implies").map(References::texts).orElse(List.of())
                    : List.of();
            entries.put(
                    scope,
                    new Catalogue.Entry(
                            "",
                            Scopes.of(implied.stream()
                                    .filter(scopes.members()::containsKey)
                                    .toList())));
        });
        return Catalogue.of(entries);
    }
}
