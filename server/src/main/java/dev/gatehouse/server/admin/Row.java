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
import java.util.stream.Stream;

/// One operation of the admin API.
///
/// @param query the parameters that it takes
/// @param form the members that its body takes
/// @param answer what it answers with when all is well
/// @param summary what it does, in one line
/// @param kept whether a reply may be kept for whoever asks again with the same `Idempotency-Key`
record Row(
        String method,
        PathPattern path,
        Need need,
        Set<String> query,
        Form form,
        Answer answer,
        String summary,
        Operation operation,
        boolean kept) {
    private static final Set<String> PART = Set.of("limit", "after", "page", "count", "name");
    private static final Answer ANSWER = new Answer.Some();

    static Row read(String path, String scope, Operation operation) {
        return new Row("GET", pattern(path), need(scope), Set.of(), Form.NONE, ANSWER, "", operation, true);
    }

    static Row list(String path, String scope, Operation operation) {
        return new Row("GET", pattern(path), need(scope), PART, Form.NONE, ANSWER, "", operation, true);
    }

    static Row write(String method, String path, String scope, Form form, Operation operation) {
        return new Row(method, pattern(path), need(scope), Set.of(), form, ANSWER, "", operation, true);
    }

    /// The same operation with other query parameters.
    Row taking(String... parameters) {
        return new Row(method, path, need, Set.of(parameters), form, answer, summary, operation, kept);
    }

    /// Answers 200 with one noun.
    Row shows(Noun<?> noun, String about) {
        return answers(new Answer.One(200, noun, List.of()), about);
    }

    /// Answers 201 with one noun.
    Row creates(Noun<?> noun, String about) {
        return creates(noun, List.of(), about);
    }

    /// Answers 201 with one noun, and with members that are shown this once.
    Row creates(Noun<?> noun, List<Attribute<?, ?>> once, String about) {
        return answers(new Answer.One(201, noun, once), about);
    }

    /// Answers 200 with a list of nouns, or with the part of it that the query names.
    Row lists(Noun<?> noun, String about) {
        return answers(new Answer.Many(200, noun, query), about);
    }

    /// Answers 200 with one noun as it is after something was taken away, and with the receipt of that.
    Row narrows(Noun<?> noun, String about) {
        return answers(new Answer.One(200, noun, Answer.NARROWED), about);
    }

    /// Answers 200 with the receipt of what was taken away, which is all that is left.
    Row ends(String about) {
        return answers(new Answer.Done(), about);
    }

    /// The same operation with another answer.
    Row answers(Answer other, String about) {
        return new Row(method, path, need, query, form, other, about, operation, kept);
    }

    /// The same operation, which tells a secret again: a reply that is kept would outlive what it tells.
    Row neverKept() {
        return new Row(method, path, need, query, form, answer, summary, operation, false);
    }

    /// The names of the path's variables, in order.
    List<String> variables() {
        return path.segments().stream()
                .flatMap(segment -> segment instanceof Segment.Variable(String name) ? Stream.of(name) : Stream.empty())
                .toList();
    }

    /// Whether it shows one noun, with an entity tag.
    boolean conditionalRead() {
        return !writes() && answer instanceof Answer.One;
    }

    /// Whether it changes the one noun that its path names, which the caller may tie to an entity tag.
    boolean conditionalWrite() {
        return writes()
                && (answer instanceof Answer.One || answer instanceof Answer.Done)
                && answer.status() != 201
                && variables().size() == 1;
    }

    /// Whether a body is read.
    boolean writes() {
        return !method.equals("GET");
    }

    /// Whether its replies are kept under an `Idempotency-Key`.
    boolean keyed() {
        return writes() && kept;
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
