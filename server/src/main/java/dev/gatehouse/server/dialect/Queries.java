package dev.gatehouse.server.dialect;

import dev.gatehouse.core.http.HttpFacts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Queries of calls on their way to an upstream.
final class Queries {
    private Queries() {}

    /// Path and query without some parameters; everything else stays as it was sent.
    static String without(HttpFacts call, List<String> secret) {
        if (call.query().isEmpty()) {
            return call.path();
        }
        String query = call.query().get();
        if (secret.isEmpty()) {
            return call.path() + "?" + query;
        }
        String kept = Arrays.stream(query.split("&", -1))
                .filter(pair -> !secret.contains(name(pair)))
                .collect(Collectors.joining("&"));
        return kept.isEmpty() ? call.path() : call.path() + "?" + kept;
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // no percent-encoding: the reader saw no credential under this name either
        }
    }
}
