package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The query of a request: only parameters that the operation takes, each at most once.
record Query(Map<String, String> parameters) {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    /// Which page of a list.
    record Cursor(Optional<Id> after, int limit) {}

    /// Values are compared as they were sent; nothing that an operation takes needs percent-encoding.
    static Got<Query> read(Optional<String> raw, Set<String> taken) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw.isPresent() && !raw.get().isEmpty()) {
            for (String pair : raw.get().split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!taken.contains(name)) {
                    return wrong(
                            "query", "takes " + (taken.isEmpty() ? "nothing" : String.join(", ", taken)) + " here");
                }
                if (parameters.putIfAbsent(name, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
                    return wrong(name, "is there twice");
                }
            }
        }
        return Got.of(new Query(parameters));
    }

    Got<Integer> limit() {
        String text = parameters.getOrDefault("limit", Integer.toString(DEFAULT_LIMIT));
        return text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MAX_LIMIT
                ? Got.of(Integer.parseInt(text))
                : wrong("limit", "a whole number from 1 to " + MAX_LIMIT);
    }

    /// `limit`, and `after`: the `next` of the page before, which is an id of this kind.
    Got<Cursor> cursor(Kind kind) {
        return limit().then(limit -> {
            Optional<String> text = parameter("after");
            Optional<Id> after = text.flatMap(id -> Id.parse(kind, id));
            return text.isPresent() && after.isEmpty()
                    ? wrong("after", "the `next` of the page before")
                    : Got.of(new Cursor(after, limit));
        });
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static <T> Got<T> wrong(String name, String allowed) {
        return Got.no(new Problem.InvalidParameter(name, allowed));
    }
}
