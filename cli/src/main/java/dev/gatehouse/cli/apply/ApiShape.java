package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.client.ClientRules;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reveal;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.dialect.load.Shipped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// An Api as it is written: issuer, audience, where it is served, how its tokens are made, its scopes and routes.
final class ApiShape {
    private static final List<String> NEEDS = List.of("open", "authenticated", "any", "all");

    private static final Value LIFE = Value.number(1, TokenPolicy.MAX_LIFE.toSeconds());

    private static final String PUSHED_LIFE = "pushed_request_life_seconds";

    private static final Shape TOKENS = Shape.of(
            Shape.optional(
                    "format",
                    Value.word(Stream.of(TokenFormat.values())
                            .map(TokenFormat::wire)
                            .toList())),
            Shape.optional(
                    "algorithm",
                    Value.word(Stream.of(SigningAlgorithm.values())
                            .map(SigningAlgorithm::wire)
                            .toList())),
            Shape.optional("life_seconds", LIFE),
            Shape.optional("min_life_seconds", LIFE),
            Shape.optional("max_life_seconds", LIFE));

    private static final Shape SCOPE = Shape.of(
            Shape.required("description", Values.NAME),
            Shape.optional("implies", Values.SCOPES),
            Shape.optional("browser_safe", Value.yes()));

    private static final Shape ROUTE = Shape.of(
            Shape.required(
                    "methods", Value.set(Value.matching("a method in capitals, or \"*\"", "[A-Z]{1,20}|\\*"), 1, 20)),
            Shape.required(
                    "path",
                    Value.text(
                            "a path such as /orders/{id} or /files/**",
                            text -> PathPattern.parse(text).map(PathPattern::text))),
            Shape.optional("open", Value.yes()),
            Shape.optional("authenticated", Value.yes()),
            Shape.optional("any", Values.SCOPES),
            Shape.optional("all", Values.SCOPES),
            Shape.optional("rate", RateValue.RATE),
            Shape.optional(
                    "connection",
                    Shape.of(
                            Shape.optional("header", Value.matching("a header name", "[A-Za-z][A-Za-z0-9-]{0,63}")),
                            Shape.optional("name", Values.NAME))),
            Shape.optional(
                    "deprecated",
                    Shape.of(
                            Shape.required("since", Values.TIME),
                            Shape.optional("ends_at", Values.TIME),
                            Shape.optional("link", Value.matching("an https address", "https://[!-~]{1,190}")))),
            Shape.optional("signed", Value.yes()));

    private static final Shape LIMITS = Shape.of(
            Shape.optional("credential", RateValue.RATE),
            Shape.optional("address", RateValue.RATE),
            Shape.optional("guesses", RateValue.RATE),
            Shape.optional("domain_key", RateValue.RATE));

    private static final Shape API = Shape.of(
                    Shape.required("issuer", url("an https origin without path, such as https://orders.example.com")),
                    Shape.optional(
                            "audience",
                            Value.matching("1 to 200 visible ASCII characters without quotes", "[!#-\\[\\]-~]{1,200}")),
                    Shape.optional("listener", Value.matching("the name of a listener", "[a-z][a-z0-9-]{0,31}")),
                    Shape.optional(
                            "hosts",
                            Value.set(
                                    Value.matching(
                                            "a host name in lower case",
                                            "[a-z0-9][a-z0-9.-]{0,252}(:[1-9][0-9]{0,4})?"),
                                    0,
                                    64)),
                    Shape.optional("key_header", Value.matching("a header name", "[A-Za-z][A-Za-z0-9-]{0,63}")),
                    Shape.optional("tokens", ApiShape::tokens),
                    Shape.optional(
                            "upstream", url("http or https, a host and a port, such as http://orders.internal:8080")),
                    Shape.optional("scopes", Value.map(Values.SCOPE, ApiShape::scope, Scopes.MAX)),
                    Shape.optional("routes", Value.list(ApiShape::route, Api.MAX_ROUTES)),
                    Shape.optional(
                            "on_database_loss",
                            Value.matching(
                                    "refuse, or serve-for and 1 to 600 seconds, such as serve-for 60s",
                                    "refuse|serve-for ([1-9][0-9]?|[1-5][0-9]{2}|600)s")),
                    Shape.optional("cors", Shape.of(Shape.required("origins", Values.ORIGINS))),
                    Shape.optional("limits", LIMITS),
                    Shape.optional(
                            "dialect",
                            Value.word(Stream.concat(Stream.of(Speech.STANDARD), Shipped.NAMES.stream())
                                    .toList())),
                    Shape.optional(
                            "products",
                            Value.map(
                                    Value.matching("a name of a-z, 0-9, ., _, -", "[a-z0-9][a-z0-9._-]{0,62}"),
                                    Value.matching("an http or https address", "https?://[!-~]{1,190}"),
                                    100)),
                    Shape.optional(
                            "test_upstream", url("http or https, a host and a port, such as http://orders.test:8080")),
                    Shape.optional(
                            "return_to",
                            Value.set(
                                    Value.matching(
                                            "an https address without query",
                                            "https?://[^/?#@\\\\]{1,190}/[!-\"$->@-~]{0,190}"),
                                    0,
                                    Speech.MAX_RETURNS)),
                    Shape.optional(
                            "reveal",
                            Value.set(
                                    Value.word(Reveal.KINDS.stream()
                                            .map(CredentialKind::wire)
                                            .toList()),
                                    0,
                                    Reveal.KINDS.size())))
            .and(ClientShape.RULES)
            .and(Shape.of(Shape.optional("dpop_nonce", Value.yes())))
            .and(Shape.of(Shape.optional(
                    "mtls_base",
                    Value.text("an https URL of a host name, without anything after that", ClientRules::base))))
            .and(Shape.of(Shape.optional(
                    PUSHED_LIFE,
                    Value.number(ClientRules.MIN_PUSHED_LIFE.toSeconds(), ClientRules.MAX_PUSHED_LIFE.toSeconds()))))
            .and(Shape.of(Shape.optional("registration", RegistrationShape.REGISTRATION)));

    private ApiShape() {}

    /// The keys that an Api may have.
    static List<String> names() {
        return API.names();
    }

    /// Reads what a file says.
    static Optional<Json.Obj> read(Node node, Mistakes mistakes) {
        return API.object(node, mistakes).map(api -> {
            checkScopes(api, node, mistakes);
            ClientShape.check(api, node, mistakes);
            checkBase(api, node, mistakes);
            return settled(api);
        });
    }

    /// What a server showed.
    static Json.Obj normal(Json.Obj shown, Mistakes mistakes) {
        return settled(API.normal(shown, mistakes));
    }

    /// The audience is the issuer unless it is another one; to refuse, and the built-in dialect, are what is not
    /// said; how tokens are made is always said.
    private static Json.Obj settled(Json.Obj api) {
        String dialect = api.text("dialect").orElse(Speech.STANDARD);
        Json.Obj said = api.text("on_database_loss").filter("refuse"::equals).isPresent()
                ? api.without("on_database_loss")
                : api;
        Json.Obj spoken = dialect.equals(Speech.STANDARD) ? said.without("dialect") : said;
        Json.Obj audible = spoken.get("audience").equals(spoken.get("issuer")) ? spoken.without("audience") : spoken;
        Json.Obj pushed = audible.get(PUSHED_LIFE).equals(Optional.of(Json.of(ClientRules.PUSHED_LIFE.toSeconds())))
                ? audible.without(PUSHED_LIFE)
                : audible;
        Json.Obj out = Json.Obj.EMPTY;
        for (String name : API.names()) {
            Optional<Json> value = name.equals("tokens")
                    ? Optional.of(filled(pushed.get(name).orElse(Json.Obj.EMPTY), Shipped.tokens(dialect)))
                    : pushed.get(name);
            if (value.isPresent()) {
                out = out.with(name, value.get());
            }
        }
        return out;
    }

    private static Optional<Json> tokens(Node node, Mistakes mistakes) {
        return TOKENS.object(node, mistakes).map(tokens -> tokens);
    }

    private static Json filled(Json said, TokenPolicy preset) {
        Json.Obj tokens = said instanceof Json.Obj some ? some : Json.Obj.EMPTY;
        Json life = tokens.get("life_seconds").orElse(Json.of(preset.life().toSeconds()));
        Json.Obj filled = Json.Obj.EMPTY
                .with(
                        "format",
                        tokens.get("format").orElse(new Json.Str(preset.format().wire())))
                .with(
                        "algorithm",
                        tokens.get("algorithm")
                                .orElse(new Json.Str(preset.algorithm().wire())))
                .with("life_seconds", life);
        return bound(bound(filled, tokens, "min_life_seconds", Json.of(1)), tokens, "max_life_seconds", life);
    }

    /// What goes without saying is not said.
    private static Json.Obj bound(Json.Obj filled, Json.Obj tokens, String name, Json usual) {
        return tokens.get(name)
                .filter(bound -> !bound.equals(usual))
                .map(bound -> filled.with(name, bound))
                .orElse(filled);
    }

    /// Text alone is the description.
    private static Optional<Json> scope(Node node, Mistakes mistakes) {
        return node instanceof Node.Text
                ? Values.NAME.read(node, mistakes).map(text -> Json.Obj.EMPTY.with("description", text))
                : SCOPE.read(node, mistakes);
    }

    private static Optional<Json> route(Node node, Mistakes mistakes) {
        Optional<Json.Obj> route = ROUTE.object(node, mistakes);
        if (route.isPresent()
                && NEEDS.stream()
                                .filter(need -> route.get().get(need).isPresent())
                                .count()
                        != 1) {
            mistakes.add(
                    node.place(),
                    "a route has exactly one of open: true, authenticated: true, any: [scopes], all: [scopes]");
        }
        return route.map(one -> one);
    }

    private static void checkScopes(Json.Obj api, Node node, Mistakes mistakes) {
        Set<String> known = new TreeSet<>();
        if (api.get("scopes").orElse(Json.Obj.EMPTY) instanceof Json.Obj scopes) {
            known.addAll(scopes.members().keySet());
            scopes.members()
                    .forEach((scope, entry) -> texts(entry, "implies")
                            .filter(implied -> !known.contains(implied))
                            .forEach(implied -> mistakes.add(
                                    place(node, "scopes"),
                                    "scope " + scope + " implies " + implied + ", which is not among the scopes")));
        }
        for (Json route : api.items("routes")) {
            Stream.concat(texts(route, "any"), texts(route, "all"))
                    .filter(scope -> !known.contains(scope))
                    .forEach(scope -> mistakes.add(
                            place(node, "routes"),
                            "a route needs the scope " + scope + ", which is not among the scopes"));
        }
    }

    private static void checkBase(Json.Obj api, Node node, Mistakes mistakes) {
        api.text("mtls_base")
                .map(ClientRules::host)
                .filter(host -> texts(api, "hosts").noneMatch(host::equals))
                .ifPresent(_ -> mistakes.add(place(node, "mtls_base"), "the host of mtls_base is one of the hosts"));
    }

    private static Stream<String> texts(Json object, String member) {
        return object instanceof Json.Obj members
                ? members.items(member).stream()
                        .flatMap(item -> item instanceof Json.Str(String text) ? Stream.of(text) : Stream.of())
                : Stream.of();
    }

    private static Place place(Node node, String key) {
        Node.Entry entry =
                node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
        return entry == null ? node.place() : entry.at();
    }

    private static Value url(String allowed) {
        return Value.matching(allowed, "https?://[A-Za-z0-9._\\[\\]:-]{1,200}");
    }
}
