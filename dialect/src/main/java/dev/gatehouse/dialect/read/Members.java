package dev.gatehouse.dialect.read;

import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.json.JsonText;
import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// The members of one request: of its JSON object, its form or its query.
///
/// @param body members of the body; texts, [JsonText.Numeral], booleans, lists and maps of these
/// @param query parameters that count as members too
record Members(Map<String, Object> body, Map<String, String> query) {
    /// Nothing.
    static final Members NONE = new Members(Map.of(), Map.of());

    /// Reads them. JSON and forms are told apart by the first byte, because clients label one as the other.
    static Members read(HttpFacts http, List<BodyKind> kinds) throws Unreadable {
        if (kinds.isEmpty()) {
            return NONE;
        }
        Map<String, String> query =
                kinds.contains(BodyKind.QUERY) && http.query().isPresent()
                        ? Encoded.parameters(http.query().get(), "the query")
                        : Map.of();
        if (http.body().length() == 0) {
            return new Members(Map.of(), query);
        }
        if (http.body().length() > JsonText.MAX_BYTES
                || !http.values("Content-Encoding").isEmpty()) {
            throw new Unreadable(Fault.malformed("the body is too large or compressed"));
        }
        byte[] bytes = http.body().toArray();
        String text = Encoded.utf8(bytes, bytes.length)
                .orElseThrow(() -> new Unreadable(Fault.malformed("the body is not UTF-8")));
        return new Members(body(text, kinds), query);
    }

    private static Map<String, Object> body(String text, List<BodyKind> kinds) throws Unreadable {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return Map.of();
        }
        boolean json = stripped.charAt(0) == '{' || stripped.charAt(0) == '[';
        if (kinds.contains(BodyKind.JSON) && (json || !kinds.contains(BodyKind.FORM))) {
            return JsonText.object(text)
                    .orElseThrow(() -> new Unreadable(
                            Fault.malformed("the body is not a well-formed JSON object with each member once")));
        }
        if (kinds.contains(BodyKind.FORM) && !json) {
            return Map.copyOf(Encoded.parameters(stripped, "the form"));
        }
        throw new Unreadable(Fault.malformed("the body has another form than is read here"));
    }

    /// The value of a member; `null` and empty text are none.
    Optional<String> value(List<String> path) throws Unreadable {
        Optional<Object> found = found(path);
        return found.isPresent() ? text(path, found.get()) : queried(String.join(".", path));
    }

    /// The same where a list may stand, which is read as its texts with blanks between; an empty list is empty
    /// text.
    Optional<String> texts(List<String> path) throws Unreadable {
        if (!(found(path).orElse("") instanceof List<?> items)) {
            return value(path);
        }
        String name = String.join(".", path);
        StringJoiner texts = new StringJoiner(" ");
        for (Object item : items) {
            if (!(item instanceof String text) || text.isEmpty() || text.indexOf(' ') >= 0) {
                throw new Unreadable(Fault.malformed(name + " must be a list of texts without blanks"));
            }
            texts.add(text);
        }
        return Optional.of(texts.toString());
    }

    /// The same where an object of texts stands, as pairs of a form; members without a value are left out.
    Optional<String> pairs(List<String> path) throws Unreadable {
        Optional<Object> found = found(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(pairs(path, found.get()));
    }

    /// The same where a list of such objects stands, with blanks between them; an empty list is empty text, and
    /// none of them is empty.
    Optional<String> objects(List<String> path) throws Unreadable {
        Optional<Object> found = found(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!(found.get() instanceof List<?> items)) {
            throw new Unreadable(Fault.malformed(String.join(".", path) + " must be a list of objects"));
        }
        StringJoiner objects = new StringJoiner(" ");
        for (Object item : items) {
            String pairs = pairs(path, item);
            if (pairs.isEmpty()) {
                throw new Unreadable(Fault.malformed(String.join(".", path) + " has an object without members"));
            }
            objects.add(pairs);
        }
        return Optional.of(objects.toString());
    }

    private static String pairs(List<String> path, Object object) throws Unreadable {
        if (!(object instanceof Map<?, ?> map)) {
            throw new Unreadable(Fault.malformed(String.join(".", path) + " must be an object"));
        }
        if (map.size() > Encoded.MAX_PARAMETERS) {
            throw new Unreadable(Fault.malformed(String.join(".", path) + " has too many members"));
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            String name = member.getKey().toString();
            if (member.getValue() != null && !member.getValue().equals(JsonText.NULL)) {
                text(Stream.concat(path.stream(), Stream.of(name)).toList(), member.getValue())
                        .ifPresent(value -> pairs.put(name, value));
            }
        }
        return Encoded.pairs(pairs);
    }

    private Optional<Object> found(List<String> path) throws Unreadable {
        String name = String.join(".", path);
        Object found = body;
        for (String step : path) {
            if (!(found instanceof Map<?, ?> map)) {
                throw new Unreadable(Fault.malformed(name + " is not where it must be"));
            }
            Object next = map.get(step);
            if (next == null || next.equals(JsonText.NULL)) {
                return Optional.empty();
            }
            found = next;
        }
        if (query.containsKey(name)) {
            throw new Unreadable(Fault.malformed(name + " comes twice"));
        }
        return Optional.of(found);
    }

    private static Optional<String> text(List<String> path, Object found) throws Unreadable {
        return switch (found) {
            case String text -> Optional.of(text).filter(value -> !value.isEmpty());
            case JsonText.Numeral(String digits) -> Optional.of(digits);
            case Boolean on -> Optional.of(on.toString());
            default -> throw new Unreadable(Fault.malformed(String.join(".", path) + " must be text"));
        };
    }

    private Optional<String> queried(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }
}
