package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// How identity providers are written: organizations and roles by name, the secret as that of credentials.
final class ProviderShape {
    /// The key of files.
    static final String FILE_KEY = "identity_providers";

    static final String METHOD = "token_endpoint_auth_method";
    static final String SECRET = "client_secret";
    static final String ISSUER = "issuer";
    private static final String TITLE = "title";
    private static final String ORGANIZATIONS = "organizations";
    private static final String ORGANIZATION = "organization";
    private static final String JOINING = "joining";
    private static final String ROLE = "role";
    private static final String ACTIVE = "active";
    private static final int MOST = IdentityProvider.MAX_LISTED;

    private static final Value VISIBLE =
            Value.matching("1 to 500 printable ASCII characters without blanks", "[!-~]{1,500}");

    private static final Shape ROLE_NAME =
            Shape.of(Shape.required("name", Values.SLUG), Shape.required(ORGANIZATION, Values.PATH));

    private static final Shape JOINS = Shape.of(
            Shape.required(ORGANIZATION, Values.PATH),
            Shape.required(
                    ROLE,
                    (node, mistakes) -> node instanceof Node.Mapping
                            ? ROLE_NAME.read(node, mistakes)
                            : Values.SLUG.read(node, mistakes)));

    private static final Shape PROVIDER = Shape.of(
                    Shape.optional(TITLE, Values.NAME),
                    Shape.required(ISSUER, Value.matching("an https address without query", "https?://[!-~]{1,490}")),
                    Shape.required("client_id", VISIBLE),
                    Shape.optional(
                            METHOD,
                            Value.word(Arrays.stream(ProviderMethod.values())
                                    .map(ProviderMethod::wire)
                                    .toList())),
                    Shape.optional("scopes", Value.list(Values.SCOPE, MOST)),
                    Shape.required("apis", Value.set(Values.SLUG, 0, MOST)),
                    Shape.optional(ORGANIZATIONS, Value.set(Values.PATH, 0, MOST)),
                    Shape.optional(JOINING, JOINS),
                    Shape.optional("trusted", Value.set(VISIBLE, 0, MOST)),
                    Shape.optional(ACTIVE, Value.flag()))
            .leaving("secret-file", "secret-env");

    static final Value NAME = Value.matching("a name of a-z, 0-9 and -, at most 40", "[a-z0-9][a-z0-9-]{0,39}");

    private ProviderShape() {}

    /// Reads what a file says.
    static Optional<Json.Obj> read(String name, Node node, boolean secret, Mistakes mistakes) {
        ProviderMethod usual = secret ? ProviderMethod.SECRET_BASIC : ProviderMethod.PRIVATE_KEY_JWT;
        return PROVIDER.object(node, mistakes)
                .map(spec -> spec.get(METHOD).isPresent() ? spec : spec.with(METHOD, usual.wire()))
                .map(spec -> settled(name, spec));
    }

    /// What a server showed. An organization or a role that was not looked at stays what it is there: an id.
    static Json.Obj normal(
            String name, Json.Obj shown, Map<String, OrganizationPath> paths, Map<String, Key.Role> roles) {
        Json.Obj out = Json.Obj.EMPTY;
        for (String member : PROVIDER.names()) {
            Optional<Json> value = shown.get(member).filter(one -> !Value.empty(one));
            out = value.isPresent() ? out.with(member, value.get()) : out;
        }
        Function<Json, Json> path = id -> Optional.ofNullable(paths.get(Difference.shown(id)))
                .<Json>map(found -> new Json.Str(found.toString()))
                .orElse(id);
        if (out.get(ORGANIZATIONS).isPresent()) {
            List<String> named = out.items(ORGANIZATIONS).stream()
                    .map(path)
                    .map(Difference::shown)
                    .sorted()
                    .toList();
            out = out.with(ORGANIZATIONS, Json.strings(named));
        }
        for (String set : List.of("apis", "trusted")) {
            if (out.get(set).isPresent()) {
                out = out.with(
                        set,
                        Json.strings(out.items(set).stream()
                                .map(Difference::shown)
                                .sorted()
                                .toList()));
            }
        }
        if (out.get(JOINING).isPresent()) {
            Json.Obj joining = References.rights(out, JOINING);
            Json role = joining.get(ROLE).orElseThrow();
            out = out.with(
                    JOINING,
                    Json.Obj.EMPTY
                            .with(
                                    ORGANIZATION,
                                    path.apply(joining.get(ORGANIZATION).orElseThrow()))
                            .with(
                                    ROLE,
                                    Optional.ofNullable(roles.get(Difference.shown(role)))
                                            .<Json>map(Survey::reference)
                                            .orElse(role)));
        }
        return settled(name, out);
    }

    /// The title is the name unless it is another one, and who is not switched off is on.
    private static Json.Obj settled(String name, Json.Obj spec) {
        Json.Obj titled = spec.text(TITLE).equals(Optional.of(name)) ? spec.without(TITLE) : spec;
        return titled.get(ACTIVE).equals(Optional.of(new Json.Bool(true))) ? titled.without(ACTIVE) : titled;
    }

    /// The organizations that it names.
    static Set<OrganizationPath> organizations(Json.Obj spec) {
        Set<OrganizationPath> all = new LinkedHashSet<>();
        spec.items(ORGANIZATIONS)
                .forEach(one -> OrganizationPath.parse(Difference.shown(one)).ifPresent(all::add));
        joining(spec).ifPresent(all::add);
        return all;
    }

    private static Optional<OrganizationPath> joining(Json.Obj spec) {
        return References.rights(spec, JOINING).text(ORGANIZATION).flatMap(OrganizationPath::parse);
    }

    /// With the role that people join with as it is known everywhere.
    static Json.Obj resolved(Wanted one, References references) {
        Json.Obj joining = References.rights(one.spec(), JOINING);
        Optional<OrganizationPath> home = joining(one.spec());
        if (home.isEmpty()) {
            return one.spec();
        }
        Json role = joining.get(ROLE).orElseThrow();
        Wanted.RoleName name = role instanceof Json.Obj both
                ? new Wanted.RoleName(
                        one.place(),
                        both.text(ORGANIZATION).flatMap(OrganizationPath::parse),
                        both.text("name").orElse(""))
                : new Wanted.RoleName(one.place(), Optional.empty(), Difference.shown(role));
        return references
                .role(home.get(), name)
                .map(key -> one.spec().with(JOINING, joining.with(ROLE, Survey.reference(key))))
                .orElse(one.spec());
    }

    /// Whether it proves itself there by a secret.
    static boolean secret(Json.Obj spec) {
        return spec.text(METHOD)
                .filter(method -> !method.equals(ProviderMethod.PRIVATE_KEY_JWT.wire()))
                .isPresent();
    }

    /// The same with ids for names, as the admin API takes it.
    static Json.Obj referring(Json.Obj spec, Function<Key, String> id) {
        Json.Obj out = spec;
        if (spec.get(ORGANIZATIONS).isPresent()) {
            out = out.with(
                    ORGANIZATIONS,
                    Json.strings(spec.items(ORGANIZATIONS).stream()
                            .map(Difference::shown)
                            .map(text -> OrganizationPath.parse(text)
                                    .map(path -> id.apply(new Key.Organization(path)))
                                    .orElse(text))
                            .toList()));
        }
        Json.Obj joining = References.rights(spec, JOINING);
        if (joining.get(ROLE).orElse(Json.Obj.EMPTY) instanceof Json.Obj role
                && joining(spec).isPresent()) {
            Key.Role key = new Key.Role(
                    role.text(ORGANIZATION).flatMap(OrganizationPath::parse).orElseThrow(),
                    role.text("name").orElseThrow());
            out = out.with(
                    JOINING,
                    Json.Obj.EMPTY
                            .with(
                                    ORGANIZATION,
                                    id.apply(new Key.Organization(joining(spec).orElseThrow())))
                            .with(ROLE, id.apply(key)));
        }
        return out;
    }

    /// The members that a change touches, and what there is where they are not said.
    static Json.Obj patch(Step.Change change, Function<Key, String> id) {
        Json.Obj after = referring(change.spec(), id);
        Json.Obj body = Json.Obj.EMPTY;
        for (Difference difference : change.differences()) {
            String member = difference.member().replace(" (order)", "");
            Json nothing = switch (member) {
                case TITLE -> new Json.Str(change.key().name());
                case ACTIVE -> new Json.Bool(true);
                case JOINING -> new Json.Null();
                default -> new Json.Arr(List.of());
            };
            body = body.with(member, after.get(member).orElse(nothing));
        }
        Json.Obj told = body;
        return change.secret()
                .map(given -> told.with(given.member(), given.value().reveal()))
                .orElse(told);
    }
}
