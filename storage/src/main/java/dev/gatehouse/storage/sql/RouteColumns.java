package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.ConnectionRule;
import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.Retirement;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Need;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Routes as lines, each with as many fields as it takes.
final class RouteColumns {
    /// Marks routes whose calls have to be signed.
    private static final String SIGNED = "signed";

    private RouteColumns() {}

    static String text(List<Route> routes) {
        Fields out = new Fields();
        for (Route route : routes) {
            out.line(Stream.concat(Stream.of(route.id().text()), Stream.of(what(route)))
                    .toArray(String[]::new));
        }
        return out.text();
    }

    /// A field of the rate, of the connection, of the retirement, of the signature and of details only where
    /// there is one or a field after it: the releases before do not know them.
    static String[] what(Route route) {
        List<String> fields = new ArrayList<>(List.of(
                String.join(" ", new TreeSet<>(route.methods())),
                route.path().text(),
                need(route.need()),
                route.need().scopes().text()));
        boolean goes = route.retirement().isPresent()
                || route.signed()
                || route.need().detail().isPresent();
        if (route.rate().isPresent() || route.connection().isPresent() || goes) {
            fields.add(LimitColumns.text(route.rate()));
        }
        if (route.connection().isPresent() || goes) {
            fields.add(route.connection().map(ConnectionRule::text).orElse(""));
        }
        if (goes) {
            fields.add(route.retirement().map(RouteColumns::text).orElse(""));
        }
        if (route.signed() || route.need().detail().isPresent()) {
            fields.add(route.signed() ? SIGNED : "");
        }
        route.need().detail().ifPresent(fields::add);
        return fields.toArray(String[]::new);
    }

    static List<Route> read(String column) {
        List<Route> routes = new ArrayList<>();
        for (List<String> line : Fields.read(column, 5, 10)) {
            routes.add(new Route(
                    Ids.parse(Kind.ROUTE, line.get(0)),
                    new LinkedHashSet<>(List.of(line.get(1).split(" ", -1))),
                    PathPattern.parse(line.get(2))
                            .orElseThrow(() -> new IllegalStateException("a stored path pattern is not one")),
                    need(line),
                    LimitColumns.maybe(line.size() > 5 ? line.get(5) : ""),
                    line.stream()
                            .skip(6)
                            .findFirst()
                            .filter(text -> !text.isEmpty())
                            .map(RouteColumns::rule),
                    line.stream()
                            .skip(7)
                            .findFirst()
                            .filter(text -> !text.isEmpty())
                            .map(RouteColumns::retirement),
                    line.size() > 8 && line.get(8).equals(SIGNED)));
        }
        return List.copyOf(routes);
    }

    /// Two moments and an address, the second moment empty where there is none.
    private static String text(Retirement retirement) {
        return Micros.of(retirement.since()) + " "
                + retirement.endsAt().map(end -> Long.toString(Micros.of(end))).orElse("") + " "
                + retirement.link().orElse("");
    }

    private static Retirement retirement(String text) {
        String[] words = text.split(" ", 3);
        return new Retirement(
                Micros.read(Long.parseLong(words[0])),
                Optional.of(words[1]).filter(end -> !end.isEmpty()).map(end -> Micros.read(Long.parseLong(end))),
                Optional.of(words[2]).filter(link -> !link.isEmpty()));
    }

    private static ConnectionRule rule(String text) {
        return ConnectionRule.parse(text)
                .orElseThrow(() -> new IllegalStateException("a stored rule about connections is not one"));
    }

    private static String need(Need need) {
        return switch (need.scoped()) {
            case Need.Open() -> "open";
            case Need.Authenticated() -> "authenticated";
            case Need.AnyOf _ -> "any";
            case Need.AllOf _ -> "all";
            case Need.Detailed _ -> throw new IllegalStateException("a need of two types");
        };
    }

    private static Need need(List<String> line) {
        Need scoped = need(line.get(3), line.get(4));
        return line.size() > 9 ? new Need.Detailed(scoped, line.get(9)) : scoped;
    }

    private static Need need(String wire, String scopes) {
        return switch (wire) {
            case "open" -> new Need.Open();
            case "authenticated" -> new Need.Authenticated();
            case "any" -> new Need.AnyOf(Columns.scopes(scopes));
            case "all" -> new Need.AllOf(Columns.scopes(scopes));
            default -> throw new IllegalStateException("a stored need is unknown");
        };
    }
}
