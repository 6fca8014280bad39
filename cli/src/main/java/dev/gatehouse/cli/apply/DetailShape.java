package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import dev.gatehouse.core.right.AuthorizationDetail;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.DetailMember;
import dev.gatehouse.core.right.DetailType;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How the types of authorization details are written (RFC 9396): those of an Api, and those that a client may
/// ask for.
final class DetailShape {
    /// Of both.
    static final String NAME = "authorization_details_types";

    static final Value TYPE = Value.text(
            "1 to 64 visible ASCII characters without quotes, backslashes and braces",
            text -> Optional.of(text).filter(AuthorizationDetail::named));

    /// Those of a client.
    static final Value OF_CLIENT = Value.set(TYPE, 1, DetailType.MAX);

    private static final Shape MEMBER = Shape.of(
            Shape.required(
                    "kind",
                    Value.word(Stream.of(DetailMember.Kind.values())
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .toList())),
            Shape.optional("required", Value.yes()),
            Shape.optional("values", Value.list(Values.NAME, DetailMember.MAX_VALUES)));

    private static final Shape DETAILS = Shape.of(
            Shape.required("description", Values.NAME),
            Shape.optional(
                    "descriptions",
                    Value.map(
                            Value.matching("a language tag of RFC 5646", "[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}"),
                            Values.NAME,
                            DetailType.MAX)),
            Shape.optional("scope", Values.SCOPE),
            Shape.optional("remember", Value.yes()),
            Shape.optional(
                    "members",
                    Value.map(
                            Value.matching("1 to 64 of A-Z, a-z, 0-9, _ and -", "[A-Za-z0-9_-]{1,64}"),
                            MEMBER,
                            DetailType.MAX)));

    /// Those of an Api.
    static final Value TYPES = Value.map(TYPE, DETAILS, DetailType.MAX);

    private DetailShape() {}

    /// Whether the scopes of types, and the types of routes, are there.
    static void check(Json.Obj api, Node node, Mistakes mistakes) {
        Json.Obj types = object(api, NAME);
        Json.Obj scopes = object(api, "scopes");
        types.members()
                .forEach((name, type) -> text(type, "scope")
                        .filter(scope -> scopes.get(scope).isEmpty())
                        .ifPresent(scope -> mistakes.add(
                                ApiShape.place(node, NAME),
                                "the type " + name + " needs the scope " + scope + ", which is not among the scopes")));
        api.items("routes").stream()
                .flatMap(route -> text(route, AuthorizationDetails.NAME).stream())
                .filter(type -> types.get(type).isEmpty())
                .forEach(type -> mistakes.add(
                        ApiShape.place(node, "routes"),
                        "a route needs the type " + type + ", which is not among the types"));
    }

    private static Json.Obj object(Json.Obj of, String member) {
        return of.get(member).orElse(Json.Obj.EMPTY) instanceof Json.Obj found ? found : Json.Obj.EMPTY;
    }

    private static Optional<String> text(Json of, String member) {
        return of instanceof Json.Obj members ? members.text(member) : Optional.empty();
    }
}
