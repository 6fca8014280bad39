package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.api.PathPattern.Segment;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One operation of the admin API.
///
/// @param query the parameters that it takes
/// @param form the members that its body takes
record Row(String method, PathPattern path, Need need, Set<String> query, Form form, Operation operation) {
    private static final Set<String> PAGE = Set.of("limit", "after");

    static Row read(String path, String scope, Operation operation) {
        return new Row("GET", pattern(path), need(scope), Set.of(), Form.NONE, operation);
    }

    static Row list(String path, String scope, Operation operation) {
        return new Row("GET", pattern(path), need(scope), PAGE, Form.NONE, operation);
    }

    static Row write(String method, String path, String scope, Form form, Operation operation) {
        return new Row(method, pattern(path), need(scope), Set.of(), form, operation);
    }

    /// The same operation with other query parameters.
    Row taking(String... parameters) {
        return new Row(method, path, need, Set.of(parameters), form, operation);
    }

    /// Whether a body is read.
    boolean writes() {
        return !method.equals("GET");
    }

    /// The values of the path's variables, when this row is for the path.
    Optional<Map<String, String>> match(List<String> segments) {
        if (segments.size() != path.segments().size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String given = segments.get(i);
            switch (path.segments().get(i)) {
                case Segment.Literal(String text) -> {
                    if (!text.equals(given)) {
                        return Optional.empty();
                    }
                }
                case Segment.Variable(String name) -> variables.put(name, given);
                case Segment.Rest() -> throw new IllegalStateException("no operation takes the rest of a path");
            }
        }
        return Optional.of(variables);
    }

    private static PathPattern pattern(String path) {
        return PathPattern.parse(path).orElseThrow(() -> new IllegalArgumentException(path));
    }

    private static Need need(String scope) {
        return scope.isEmpty() ? new Need.Authenticated() : new Need.AnyOf(Scopes.of(scope));
    }
}
