package dev.gatehouse.dialect.model;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.yaml.Spot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One request of the provider's API that Gatehouse answers itself.
///
/// @param when all must hold for the endpoint to be meant
/// @param auth any one of these sets of carriers authenticates; none is needed when empty
/// @param needs scopes of which the caller has to have one
/// @param expired an input that counts here though its life is over
/// @param bodies how members come; none are read when empty
/// @param rules what is said of the inputs that it takes
public record Endpoint(
        Spot spot,
        String method,
        PathPattern path,
        List<Condition> when,
        List<CallSet> auth,
        List<String> needs,
        Optional<Input> expired,
        List<BodyKind> bodies,
        List<Take> takes,
        InputRules rules,
        Operation operation,
        Answer answer) {
    /// Keeps copies.
    public Endpoint {
        when = List.copyOf(when);
        auth = List.copyOf(auth);
        needs = List.copyOf(needs);
        bodies = List.copyOf(bodies);
        takes = List.copyOf(takes);
    }

    /// Method, path, conditions and what it takes, on one line.
    public String text() {
        String conditions = when.stream()
                .map(condition -> ", " + condition.source().text() + " = " + condition.value())
                .collect(Collectors.joining());
        return method + " " + path.text() + conditions + ": " + operation.word();
    }
}
