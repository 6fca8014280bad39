package dev.gatehouse.core.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An Api's routes as a tree by segment. Of those that serve the method the one with the most specific path wins,
/// segment by segment: literal, then variable, then rest.
public final class RouteTable {
    /// What a look-up found.
    public sealed interface Match {
        /// The route to apply.
        record Found(Route route) implements Match {}

        /// The path is known, the method is not (405 with `Allow`).
        record OtherMethods(Set<String> allowed) implements Match {}

        /// No route names the path.
        record None() implements Match {}
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final List<Route> here = new ArrayList<>();
        final List<Route> rest = new ArrayList<>();
        Optional<Node> variable = Optional.empty();
    }

    private final Node root = new Node();

    private RouteTable() {}

    /// Builds the tree.
    public static RouteTable of(List<Route> routes) {
        RouteTable table = new RouteTable();
        routes.forEach(table::add);
        return table;
    }

    private void add(Route route) {
        Node node = root;
        for (PathPattern.Segment segment : route.path().segments()) {
            switch (segment) {
                case PathPattern.Segment.Literal(String text) ->
                    node = node.literals.computeIfAbsent(text, _ -> new Node());
                case PathPattern.Segment.Variable(String _) -> {
                    Node next = node.variable.orElseGet(Node::new);
                    node.variable = Optional.of(next);
                    node = next;
                }
                case PathPattern.Segment.Rest() -> {
                    node.rest.add(route);
                    return;
                }
            }
        }
        node.here.add(route);
    }

    /// Finds the route of a canonical path and a method.
    public Match match(String method, String path) {
        Set<String> allowed = new LinkedHashSet<>();
        Optional<Route> found = find(root, PathPattern.split(path), 0, method, allowed);
        if (found.isPresent()) {
            return new Match.Found(found.get());
        }
        return allowed.isEmpty() ? new Match.None() : new Match.OtherMethods(Set.copyOf(allowed));
    }

    private static Optional<Route> find(Node node, List<String> path, int at, String method, Set<String> allowed) {
        if (at == path.size()) {
            return pick(node.here, method, allowed).or(() -> pick(node.rest, method, allowed));
        }
        Node literal = node.literals.get(path.get(at));
        Optional<Route> found = literal == null ? Optional.empty() : find(literal, path, at + 1, method, allowed);
        if (found.isEmpty() && node.variable.isPresent() && !path.get(at).isEmpty()) {
            found = find(node.variable.get(), path, at + 1, method, allowed);
        }
        return found.isPresent() ? found : pick(node.rest, method, allowed);
    }

    private static Optional<Route> pick(List<Route> routes, String method, Set<String> allowed) {
        for (Route route : routes) {
            if (route.serves(method)) {
                return Optional.of(route);
            }
            allowed.addAll(route.methods());
        }
        return Optional.empty();
    }
}
