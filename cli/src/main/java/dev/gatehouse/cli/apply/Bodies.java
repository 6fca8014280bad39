package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The bodies of writes, as the admin API takes them.
final class Bodies {
    private static final String SCOPES = "scopes";

    private Bodies() {}

    /// What an organization has its children begin with.
    static final String FIRST_KEY = "first_key";

    /// The body that makes something. Files name every role: one that they do not name is none.
    ///
    /// @param id the id by which something is referred to
    static Json.Obj create(Step.Create create, Function<Key, String> id) {
        Json.Obj referring = referring(
                create.key(),
                DefaultRoleShape.written(create.spec())
                        .without("holds")
                        .without("password")
                        .without(FIRST_KEY)
                        .without(AccessShape.ACCESS),
                id);
        Json.Obj spec = create.key() instanceof Key.User ? claims(referring) : referring;
        Json.Obj body = named(create.key(), id);
        for (Map.Entry<String, Json> member : spec.members().entrySet()) {
            body = body.with(member.getKey(), member.getValue());
        }
        if (create.key() instanceof Key.Organization(OrganizationPath path)) {
            body = body.with("parent", id.apply(new Key.Organization(path.parent())));
        }
        if (create.key() instanceof Key.Role && body.get("rights").isEmpty()) {
            body = body.with("rights", Json.Obj.EMPTY);
        }
        if (takesRole(create.key()) && body.get("role").isEmpty()) {
            body = body.with("role", new Json.Null());
        }
        Json.Obj made = body;
        return create.secret()
                .filter(_ -> create.key() instanceof Key.Credential || create.key() instanceof Key.Provider)
                .map(given -> made.with(given.member(), given.value().reveal()))
                .orElse(made);
    }

    /// The members that a change touches; `null` for what goes (RFC 7396), and nothing for what has verbs of its
    /// own.
    static Json.Obj patch(Step.Change change, Function<Key, String> id) {
        if (change.key() instanceof Key.Provider) {
            return ProviderShape.patch(change, id);
        }
        Json.Obj after = referring(change.key(), change.spec(), id);
        Json.Obj body = Json.Obj.EMPTY;
        for (Difference difference : change.differences()) {
            String member = difference.member();
            if (change.key() instanceof Key.User && member.equals("profile")) {
                body = profile(body, change);
            } else if (!apart(member)) {
                body = body.with(member, after.get(member).orElseGet(() -> nothing(member)));
            }
        }
        return DefaultRoleShape.written(body);
    }

    private static Json nothing(String member) {
        return switch (member) {
            case SCOPES -> Json.Obj.EMPTY;
            case DefaultRoleShape.DEFAULT_ROLE -> DefaultRoleShape.unsaid();
            default -> new Json.Null();
        };
    }

    private static boolean takesRole(Key key) {
        return key instanceof Key.Application || key instanceof Key.Membership;
    }

    /// What has verbs of its own.
    static boolean apart(String member) {
        return member.equals("holds") || member.equals("password") || member.equals(AccessShape.ACCESS);
    }

    /// What a new thing is known by: its name, but for a member the user.
    private static Json.Obj named(Key key, Function<Key, String> id) {
        return switch (key) {
            case Key.User(OrganizationPath _, String username) -> Json.Obj.EMPTY.with("username", username);
            case Key.Membership(OrganizationPath _, Key.User user) -> Json.Obj.EMPTY.with("user", id.apply(user));
            case Key.Api _,
                    Key.Provider _,
                    Key.Organization _,
                    Key.Role _,
                    Key.Application _,
                    Key.Credential _,
                    Key.Customer _ -> Json.Obj.EMPTY.with("name", key.name());
        };
    }

    /// The claims of a person's profile are members of the user itself; a client's is one of FAPI.
    private static Json.Obj claims(Json.Obj spec) {
        Json.Obj body = spec.without("profile");
        for (Map.Entry<String, Json> claim :
                References.rights(spec, "profile").members().entrySet()) {
            body = body.with(claim.getKey(), claim.getValue());
        }
        return body;
    }

    private static Json.Obj profile(Json.Obj body, Step.Change change) {
        Json.Obj before = References.rights(change.found().spec(), "profile");
        Json.Obj after = References.rights(change.spec(), "profile");
        Json.Obj changed = body;
        for (String claim : before.members().keySet()) {
            changed = after.get(claim).isEmpty() ? changed.with(claim, new Json.Null()) : changed;
        }
        for (Map.Entry<String, Json> claim : after.members().entrySet()) {
            boolean same = before.get(claim.getKey()).equals(Optional.of(claim.getValue()));
            changed = same ? changed : changed.with(claim.getKey(), claim.getValue());
        }
        return changed;
    }

    /// A role or an Api as a whole, what this command does not know of it included.
    static Json.Obj put(Step.Change change, Json.Obj shown) {
        List<String> known = change.key() instanceof Key.Api ? ApiShape.names() : Nouns.ROLE.names();
        List<String> notWritten = List.of("id", "name", "organization", "built_in");
        Map<String, Json> members = new LinkedHashMap<>();
        shown.members().forEach((name, value) -> {
            if (!known.contains(name) && !notWritten.contains(name)) {
                members.put(name, value);
            }
        });
        members.putAll(change.spec().members());
        if (change.key() instanceof Key.Role) {
            members.putIfAbsent("rights", Json.Obj.EMPTY);
        }
        return new Json.Obj(members);
    }

    /// The same with the scopes that the Api had too, for as long as roles and credentials may still name them.
    static Json.Obj withOldScopes(Json.Obj body, Json.Obj shown) {
        Map<String, Json> scopes =
                new LinkedHashMap<>(References.rights(shown, SCOPES).members());
        scopes.putAll(References.rights(body, SCOPES).members());
        return body.with(SCOPES, new Json.Obj(scopes));
    }

    /// Whether scopes leave an Api.
    static boolean narrows(Step.Change change) {
        return change.key() instanceof Key.Api
                && !References.rights(change.spec(), SCOPES)
                        .members()
                        .keySet()
                        .containsAll(References.rights(change.found().spec(), SCOPES)
                                .members()
                                .keySet());
    }

    private static Json.Obj referring(Key key, Json.Obj spec, Function<Key, String> id) {
        if (key instanceof Key.Provider) {
            return ProviderShape.referring(spec, id);
        }
        return spec.get("role").orElse(Json.Obj.EMPTY) instanceof Json.Obj role
                ? role.text("name")
                        .flatMap(name -> role.text("organization")
                                .flatMap(OrganizationPath::parse)
                                .map(path -> new Key.Role(path, name)))
                        .map(named -> spec.with("role", id.apply(named)))
                        .orElse(spec)
                : spec;
    }
}
