package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.PathPattern.Segment;
import dev.gatehouse.core.api.Retirement;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The routes of an Api as they are written: methods, path, and exactly one of `open`, `authenticated`, `any`,
/// `all`.
final class Routes {
    /// A route that has no id yet.
    record Written(
            List<String> methods,
            PathPattern path,
            Need need,
            Optional<Rate> rate,
            Optional<ConnectionRule> connection,
            Optional<Retirement> retirement,
            boolean signed) {}

    static final Attribute<Written, List<String>> METHODS = Attribute.of(
            "methods",
            Type.list(Types.matching("a method in capitals, or * for any", "[A-Z]{1,20}|\\*", "GET"), 1, 20),
            Written::methods);
    static final Attribute<Written, PathPattern> PATH = Attribute.of("path", ApiTypes.PATTERN, Written::path);
    static final Attribute<Written, Boolean> OPEN = Attribute.optional(
            "open",
            Type.flag(),
            route -> route.need().scoped() instanceof Need.Open ? Optional.of(true) : Optional.empty());
    static final Attribute<Written, Boolean> AUTHENTICATED = Attribute.optional(
            "authenticated",
            Type.flag(),
            route -> route.need().scoped() instanceof Need.Authenticated ? Optional.of(true) : Optional.empty());
    static final Attribute<Written, Scopes> ANY = Attribute.optional(
            "any",
            Types.SCOPES,
            route -> route.need().scoped() instanceof Need.AnyOf(Scopes any) ? Optional.of(any) : Optional.empty());
    static final Attribute<Written, Scopes> ALL = Attribute.optional(
            "all",
            Types.SCOPES,
            route -> route.need().scoped() instanceof Need.AllOf(Scopes all) ? Optional.of(all) : Optional.empty());

    static final Attribute<Written, Rate> RATE = Attribute.optional("rate", Rates.RATE, Written::rate);

    static final Attribute<Written, ConnectionRule> CONNECTION =
            Attribute.optional("connection", connection(), Written::connection);

    private static final Attribute<Retirement, Instant> SINCE = Attribute.of("since", Types.TIME, Retirement::since);
    private static final Attribute<Retirement, Instant> ENDS_AT =
            Attribute.optional("ends_at", Types.TIME, Retirement::endsAt);
    private static final Attribute<Retirement, String> LINK = Attribute.optional(
            "link",
            Types.matching(
                    "an https address, at most 200 characters",
                    "https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/?#=&%+-]{0,150})?",
                    "https://docs.example.com/v2"),
            Retirement::link);

    /// Where a version goes: what callers are told of it, and when it ends.
    static final Attribute<Written, Retirement> DEPRECATED = Attribute.optional(
            "deprecated",
            Type.object(
                    Form.of(Form.required(SINCE), Form.optional(ENDS_AT), Form.optional(LINK)),
                    Routes::retirement,
                    one -> Noun.show(one, List.of(SINCE, ENDS_AT, LINK), View.NONE)),
            Written::retirement);

    /// An extra proof: the request itself is signed.
    static final Attribute<Written, Boolean> SIGNED =
            Attribute.optional("signed", Type.flag(), route -> route.signed() ? Optional.of(true) : Optional.empty());

    /// The type of an authorization detail that tokens have to have besides.
    static final Attribute<Written, String> DETAILS = Attribute.optional(
            AuthorizationDetails.NAME,
            DetailTypes.OF_TYPE,
            route -> route.need().detail());

    private static final List<Attribute<?, ?>> NEEDS = List.of(OPEN, AUTHENTICATED, ANY, ALL);

    private static final Type<Written> OBJECT = Type.object(
            Form.of(
                    Form.required(METHODS),
                    Form.required(PATH),
                    Form.optional(OPEN),
                    Form.optional(AUTHENTICATED),
                    Form.optional(ANY),
                    Form.optional(ALL),
                    Form.optional(RATE),
                    Form.optional(CONNECTION),
                    Form.optional(DEPRECATED),
                    Form.optional(SIGNED),
                    Form.optional(DETAILS)),
            given -> need(given)
                    .<Got<Written>>map(need -> Got.of(new Written(
                            given.need(METHODS),
                            given.need(PATH),
                            need,
                            given.get(RATE),
                            given.get(CONNECTION),
                            given.get(DEPRECATED),
                            given.get(SIGNED).orElse(false))))
                    .orElseGet(() -> Got.no(new Problem.InvalidField(
                            "routes",
                            "objects with exactly one of open: true, authenticated: true, any: [scopes],"
                                    + " all: [scopes]; authorization_details is for those that are not open"))),
            route -> Noun.show(
                    route,
                    List.of(
                            METHODS,
                            PATH,
                            OPEN,
                            AUTHENTICATED,
                            ANY,
                            ALL,
                            RATE,
                            CONNECTION,
                            DEPRECATED,
                            SIGNED,
                            DETAILS),
                    View.NONE));

    static final Type<Written> TYPE = Types.described(
            OBJECT,
            Schema.of(
                    "oneOf",
                    Stream.of("open", "authenticated", "any", "all")
                            .map(need -> Schema.of("required", List.of(need)))
                            .toList(),
                    "examples",
                    List.of(Schema.of(
                            "methods", List.of("GET"), "path", "/orders/{id}", "any", List.of("orders:read")))));

    private Routes() {}

    static Written written(Route route) {
        return new Written(
                List.copyOf(new TreeSet<>(route.methods())),
                route.path(),
                route.need(),
                route.rate(),
                route.connection(),
                route.retirement(),
                route.signed());
    }

    private static Got<Retirement> retirement(Given given) {
        Optional<Instant> end = given.get(ENDS_AT);
        return end.isEmpty() || end.get().isAfter(given.need(SINCE))
                ? Got.of(new Retirement(given.need(SINCE), end, given.get(LINK)))
                : Got.no(new Problem.InvalidField("routes.deprecated.ends_at", "after since"));
    }

    /// `{"header": NAME}` or `{"name": NAME}`.
    private static Type<ConnectionRule> connection() {
        Attribute<ConnectionRule, String> header = Attribute.optional(
                "header",
                Type.text(
                        "the name of a header that means nothing else, such as X-Connection",
                        Schema.of("examples", List.of("X-Connection")),
                        ConnectionRule::header,
                        name -> name),
                rule -> rule instanceof ConnectionRule.InHeader(String name) ? Optional.of(name) : Optional.empty());
        Attribute<ConnectionRule, String> named = Attribute.optional(
                "name",
                Types.NAME,
                rule -> rule instanceof ConnectionRule.Named(String name) ? Optional.of(name) : Optional.empty());
        return Type.object(
                Form.of(Form.optional(header), Form.optional(named)),
                given -> given.values().size() == 1
                        ? Got.of(given.get(header)
                                .<ConnectionRule>map(ConnectionRule.InHeader::new)
                                .orElseGet(() -> new ConnectionRule.Named(given.need(named))))
                        : Got.no(new Problem.InvalidField("routes.connection", "an object with header or name")),
                rule -> Noun.show(rule, List.of(header, named), View.NONE));
    }

    /// Checks what one route cannot know of another: that it is not hidden behind an earlier one, and that the
    /// catalogue has its scopes.
    static Got<List<Route>> routes(List<Written> written, Catalogue catalogue, RandomGenerator random) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Written one = written.get(i);
            String at = "routes[" + i + "]";
            if (one.methods().contains(Route.ANY_METHOD) && one.methods().size() > 1) {
                return wrong(at + ".methods", "method names, or only *");
            }
            if (one.connection().isPresent() && one.need() instanceof Need.Open) {
                return wrong(at, "without connection where it is open: nobody is known whose connection it could be");
            }
            if (one.signed()
                    && (one.need() instanceof Need.Open || one.connection().isPresent())) {
                return wrong(at, "without signed where it is open, or leads to a connection");
            }
            for (String scope : one.need().scopes().list()) {
                if (!catalogue.knows(scope)) {
                    return wrong(at, "about scopes of the catalogue; it does not know " + scope);
                }
            }
            if (!one.need()
                    .detail()
                    .map(type -> catalogue.types().containsKey(type))
                    .orElse(true)) {
                return wrong(at + "." + AuthorizationDetails.NAME, "one of the types of the Api");
            }
            for (Route earlier : routes) {
                if (shape(earlier.path()).equals(shape(one.path()))
                        && one.methods().stream().anyMatch(earlier::serves)) {
                    return wrong(at, "a route that no earlier one serves already");
                }
            }
            routes.add(new Route(
                    Id.random(Kind.ROUTE, random),
                    Set.copyOf(one.methods()),
                    one.path(),
                    one.need(),
                    one.rate(),
                    one.connection(),
                    one.retirement(),
                    one.signed()));
        }
        return Got.of(List.copyOf(routes));
    }

    /// Two patterns with one shape match the same paths.
    private static List<String> shape(PathPattern path) {
        return path.segments().stream()
                .map(segment -> switch (segment) {
                    case Segment.Literal(String text) -> text;
                    case Segment.Variable(String _) -> "{}";
                    case Segment.Rest() -> "**";
                })
                .toList();
    }

    private static Optional<Need> need(Given given) {
        List<Need> needs = new ArrayList<>();
        given.get(OPEN).filter(yes -> yes).ifPresent(_ -> needs.add(new Need.Open()));
        given.get(AUTHENTICATED).filter(yes -> yes).ifPresent(_ -> needs.add(new Need.Authenticated()));
        given.get(ANY).filter(some -> !some.isEmpty()).ifPresent(some -> needs.add(new Need.AnyOf(some)));
        given.get(ALL).filter(some -> !some.isEmpty()).ifPresent(some -> needs.add(new Need.AllOf(some)));
        long said = NEEDS.stream().filter(given.values()::containsKey).count();
        Optional<String> type = given.get(DETAILS);
        if (needs.size() != 1 || said != 1 || (type.isPresent() && needs.getFirst() instanceof Need.Open)) {
            return Optional.empty();
        }
        return Optional.of(
                type.<Need>map(of -> new Need.Detailed(needs.getFirst(), of)).orElseGet(needs::getFirst));
    }

    private static Got<List<Route>> wrong(String at, String allowed) {
        return Got.no(new Problem.InvalidField(at, allowed));
    }
}
