package dev.gatehouse.dialect.read;

import dev.gatehouse.core.api.PathPattern.Segment;
import dev.gatehouse.dialect.model.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The endpoints of a dialect by path. An ordinary call costs one look-up in a map.
final class EndpointTable {
    private final Map<String, List<Endpoint>> literal = new HashMap<>();
    private final List<Endpoint> patterns = new ArrayList<>();

    EndpointTable(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.path().segments().stream().allMatch(Segment.Literal.class::isInstance)) {
                literal.computeIfAbsent(endpoint.path().text(), _ -> new ArrayList<>())
                        .add(endpoint);
            } else {
                patterns.add(endpoint);
            }
        }
    }

    /// The endpoints of a method and a canonical path, in the order of the file.
    List<Endpoint> find(String method, String path) {
        List<Endpoint> found = matching(literal.getOrDefault(path, List.of()), method, path);
        return found.isEmpty() ? matching(patterns, method, path) : found;
    }

    private static List<Endpoint> matching(List<Endpoint> here, String method, String path) {
        List<Endpoint> found = List.of();
        for (Endpoint endpoint : here) {
            if (endpoint.method().equals(method) && Paths.match(endpoint.path(), path)) {
                found = found.isEmpty() ? new ArrayList<>(2) : found;
                found.add(endpoint);
            }
        }
        return found;
    }
}
