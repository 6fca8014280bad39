package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What applications of organizations above may do at one at most, by names: `application`, `of` which organization,
/// at most which `role` (nothing without one), and `by` whom it is said, the caller's own organization when left out.
/// A role that is a name alone is one of the organization that says so.
final class AccessShape {
    static final String ACCESS = "access";

    private static final String APPLICATION = "application";
    private static final String OF = "of";
    private static final String ROLE = "role";
    private static final String BY = "by";
    private static final String TOP = OrganizationPath.TOP.toString();

    private static final Shape ROLE_NAME =
            Shape.of(Shape.required("name", Values.SLUG), Shape.required("organization", Values.PATH));

    private static final Shape ENTRY = Shape.of(
            Shape.required(APPLICATION, Values.NAME),
            Shape.required(OF, Values.PATH),
            Shape.optional(
                    ROLE,
                    (node, mistakes) ->
                            node instanceof Node.Mapping ? ROLE_NAME.read(node, mistakes) : Values.SLUG.read(node, mistakes)),
            Shape.optional(BY, Values.PATH));

    /// The list; its order does not count.
    static final Value LIST = (node, mistakes) -> Value.list(
                    (item, here) -> ENTRY.object(item, here).map(AccessShape::whole),
                    dev.gatehouse.core.member.Access.MOST)
            .read(node, mistakes)
            .map(read -> read instanceof Json.Arr(List<Json> items) ? sorted(items) : read);

    private AccessShape() {}

    private static Json.Arr sorted(List<Json> items) {
        return new Json.Arr(
                items.stream().sorted(Comparator.comparing(Json::compact)).toList());
    }

    private static Json whole(Json.Obj read) {
        Json.Obj entry = read.get(BY).isPresent() ? read : read.with(BY, TOP);
        return entry.get(ROLE).orElse(Json.Obj.EMPTY) instanceof Json.Str(String name)
                ? entry.with(
                        ROLE,
                        Json.Obj.EMPTY
                                .with("name", name)
                                .with("organization", entry.text(BY).orElse(TOP)))
                : entry;
    }

    /// What a server shows, by names. What names something that the caller does not see is left out.
    static Json.Arr named(List<Json> shown, Map<String, Key.Application> applications, Map<String, Key.Role> roles,
            Map<String, OrganizationPath> organizations) {
        List<Json> entries = new ArrayList<>();
        for (Json one : shown) {
            if (one instanceof Json.Obj entry) {
                named(entry, applications, roles, organizations).ifPresent(entries::add);
            }
        }
        return sorted(entries);
    }

    private static Optional<Json> named(
            Json.Obj entry,
            Map<String, Key.Application> applications,
            Map<String, Key.Role> roles,
            Map<String, OrganizationPath> organizations) {
        Optional<Key.Application> application = entry.text(APPLICATION).map(applications::get);
        Optional<OrganizationPath> by =
                entry.text(BY).isPresent() ? entry.text(BY).map(organizations::get) : Optional.of(OrganizationPath.TOP);
        Optional<Key.Role> role = entry.text(ROLE).map(roles::get);
        if (application.isEmpty() || by.isEmpty() || entry.text(ROLE).isPresent() != role.isPresent()) {
            return Optional.empty();
        }
        Json.Obj named = Json.Obj.EMPTY
                .with(APPLICATION, application.get().name())
                .with(OF, application.get().organization().toString());
        return Optional.of(role.map(one -> named.with(ROLE, Survey.reference(one)))
                .orElse(named)
                .with(BY, by.get().toString()));
    }

    /// What an entry refers to.
    static List<Key> references(Json entry) {
        List<Key> keys = new ArrayList<>();
        if (entry instanceof Json.Obj one) {
            keys.add(application(one));
            role(one).ifPresent(keys::add);
            by(one).filter(path -> !path.top()).map(Key.Organization::new).ifPresent(keys::add);
        }
        return keys;
    }

    private static Key application(Json.Obj entry) {
        OrganizationPath of =
                entry.text(OF).flatMap(OrganizationPath::parse).orElse(OrganizationPath.TOP);
        return new Key.Application(of, entry.text(APPLICATION).orElse(""));
    }

    private static Optional<Key> role(Json.Obj entry) {
        return entry.get(ROLE).orElse(Json.Obj.EMPTY) instanceof Json.Obj role
                ? role.text("name")
                        .flatMap(name -> role.text("organization")
                                .flatMap(OrganizationPath::parse)
                                .map(path -> new Key.Role(path, name)))
                : Optional.empty();
    }

    private static Optional<OrganizationPath> by(Json.Obj entry) {
        return entry.text(BY).flatMap(OrganizationPath::parse);
    }

    /// As the admin API takes it: what is named, and of what is there the entries that nobody here can name.
    static Json.Obj body(Json.Obj spec, Json.Obj shown, Function<Key, String> id, Set<String> known) {
        List<Json> entries = new ArrayList<>();
        for (Json one : spec.items(ACCESS)) {
            if (one instanceof Json.Obj entry) {
                Json.Obj with = Json.Obj.EMPTY.with(APPLICATION, id.apply(application(entry)));
                Json.Obj bounded = role(entry).map(role -> with.with(ROLE, id.apply(role))).orElse(with);
                entries.add(by(entry)
                        .map(path -> bounded.with(BY, id.apply(new Key.Organization(path))))
                        .orElse(bounded));
            }
        }
        for (Json one : shown.items(ACCESS)) {
            if (one instanceof Json.Obj entry
                    && List.of(APPLICATION, ROLE, BY).stream()
                            .anyMatch(name -> entry.text(name)
                                    .filter(there -> !known.contains(there))
                                    .isPresent())) {
                entries.add(entry);
            }
        }
        return Json.Obj.EMPTY.with(ACCESS, new Json.Arr(entries));
    }
}
