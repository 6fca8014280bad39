package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What applications of organizations above may do at one at most, by names: `application`, `of` which
/// organization, at most which `role` (nothing without one), and `by` whom it is said, the caller's own
/// organization when left out. A role that is a name alone is one of the organization that says so.
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
                    (node, mistakes) -> node instanceof Node.Mapping
                            ? ROLE_NAME.read(node, mistakes)
                            : Values.SLUG.read(node, mistakes)),
            Shape.optional(BY, Values.PATH));

    /// The list; its order does not count.
    static final Value LIST = (node, mistakes) -> Value.list(
                    (item, here) -> ENTRY.object(item, here).map(AccessShape::whole),
                    dev.gatehouse.core.member.Access.MOST)
            .read(node, mistakes)
            .map(read -> read instanceof Json.Arr(List<Json> items) ? sorted(items) : read);

    private AccessShape() {}

    /// An empty list takes back what was said; files that do not mention it leave it as it is.
    static Json.Obj said(Json.Obj spec, Node organization) {
        return Nouns.child(organization, ACCESS).isPresent() && spec.get(ACCESS).isEmpty()
                ? spec.with(ACCESS, new Json.Arr(List.of()))
                : spec;
    }

    /// What is to be, in normal form: as it is where nothing is said, and nothing where it is taken back.
    static Json.Obj settled(Json.Obj spec, Json.Obj before) {
        Optional<Json> access = spec.get(ACCESS).or(() -> before.get(ACCESS)).filter(value -> !Value.empty(value));
        return access.map(value -> spec.with(ACCESS, value)).orElse(spec.without(ACCESS));
    }

    /// Whether nothing bounds the application in place of an entry that goes.
    static boolean lost(Difference gone, List<Difference> all) {
        return gone.member().equals(ACCESS)
                && gone.after().isEmpty()
                && gone.before().orElse(Json.Obj.EMPTY) instanceof Json.Obj entry
                && all.stream()
                        .flatMap(one -> one.after().stream())
                        .noneMatch(come -> come instanceof Json.Obj other && inPlaceOf(other, entry));
    }

    /// Whether both are said of one application by one organization.
    static boolean inPlaceOf(Json.Obj one, Json.Obj other) {
        return application(one).equals(application(other)) && by(one).equals(by(other));
    }

    /// An entry that leaves the application nothing.
    static Json.Obj nothing(Json.Obj entry) {
        return entry.without(ROLE);
    }

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
    ///
    /// @param sayer whether what nobody is known to have said is the caller's to change
    static Json.Arr named(
            Json.Obj shown,
            Map<String, Key.Application> applications,
            Map<String, Key.Role> roles,
            Map<String, OrganizationPath> organizations,
            boolean sayer) {
        List<Json> entries = new ArrayList<>();
        for (Json.Obj entry : entries(shown)) {
            if (sayer || entry.get(BY).isPresent()) {
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

    static Key application(Json.Obj entry) {
        OrganizationPath of = entry.text(OF).flatMap(OrganizationPath::parse).orElse(OrganizationPath.TOP);
        return new Key.Application(of, entry.text(APPLICATION).orElse(""));
    }

    static Optional<Key> role(Json.Obj entry) {
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

    /// Whether one organization says twice what an application may do.
    static boolean twice(Json.Obj spec) {
        List<Json.Obj> all = entries(spec);
        return all.stream()
                .anyMatch(one ->
                        all.stream().filter(other -> inPlaceOf(one, other)).count() > 1);
    }

    static List<Json.Obj> entries(Json.Obj spec) {
        return spec.items(ACCESS).stream()
                .flatMap(one -> one instanceof Json.Obj entry ? Stream.of(entry) : Stream.empty())
                .toList();
    }

    /// As the admin API takes it: what is named, and of what is there the entries that nobody here can name and
    /// nothing is said in place of. An entry that stays is said as it was, so that it stays its sayer's.
    static Json.Obj body(Json.Obj spec, Json.Obj shown, Function<Key, String> id, Set<String> known) {
        String own = id.apply(new Key.Organization(OrganizationPath.TOP));
        List<Json.Obj> there = entries(shown);
        List<Json> said = new ArrayList<>();
        for (Json.Obj entry : entries(spec)) {
            Json.Obj with = Json.Obj.EMPTY.with(APPLICATION, id.apply(application(entry)));
            Json.Obj bounded =
                    role(entry).map(role -> with.with(ROLE, id.apply(role))).orElse(with);
            Json.Obj whole = bounded.with(
                    BY,
                    by(entry).map(path -> id.apply(new Key.Organization(path))).orElse(own));
            said.add(there.stream()
                    .filter(one -> by(one, own).equals(whole))
                    .findFirst()
                    .orElse(whole));
        }
        there.stream()
                .filter(one -> unnamed(one, known))
                .filter(one -> said.stream()
                        .noneMatch(other -> other instanceof Json.Obj instead
                                && instead.get(APPLICATION).equals(one.get(APPLICATION))
                                && by(instead, own).get(BY).equals(by(one, own).get(BY))))
                .forEach(said::add);
        return Json.Obj.EMPTY.with(ACCESS, new Json.Arr(said));
    }

    /// With who says it: where nobody is known to have, the caller stands for it.
    private static Json.Obj by(Json.Obj shown, String own) {
        return shown.get(BY).isPresent() ? shown : shown.with(BY, own);
    }

    private static boolean unnamed(Json.Obj shown, Set<String> known) {
        return Stream.of(APPLICATION, ROLE, BY)
                .flatMap(name -> shown.text(name).stream())
                .anyMatch(id -> !known.contains(id));
    }
}
