package dev.gatehouse.dialect.load;

import dev.gatehouse.core.api.PathPattern;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.dialect.load.Sources.Place;
import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.CallSet;
import dev.gatehouse.dialect.model.Condition;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.InputRules;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.Take;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads endpoints. An operation that is misspelt leaves the endpoint out: nothing below it could be judged.
final class EndpointLoader {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final List<Place> READ = List.of(Place.HEADER, Place.QUERY, Place.MEMBER, Place.PATH);

    private final Mistakes mistakes;
    private final Sets sets;
    private final List<BodyKind> bodies;
    private final Optional<Fields> manage;
    private final AnswerLoader answers;

    /// @param manage what holds for endpoints that manage others and do not say otherwise
    EndpointLoader(
            Mistakes mistakes,
            Sets sets,
            List<BodyKind> bodies,
            Optional<Node> manage,
            Map<String, Node.Entry> replies) {
        this.mistakes = mistakes;
        this.sets = sets;
        this.bodies = List.copyOf(bodies);
        this.manage = manage.flatMap(node -> Fields.of(node, Section.MANAGE, mistakes));
        this.answers = new AnswerLoader(mistakes, replies);
    }

    List<Endpoint> read(List<Node> nodes) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Node node : nodes) {
            Fields.of(node, Section.ENDPOINT, mistakes).map(this::endpoints).ifPresent(endpoints::addAll);
        }
        answers.refuseUnused();
        return endpoints;
    }

    /// One at each method and path that it is known by.
    private List<Endpoint> endpoints(Fields fields) {
        List<Condition> when = conditions(fields);
        List<Take> takes = takes(fields);
        Optional<Operation> operation = fields.word("do", Operation.class, "operation");
        List<At> places = fields.list("at").stream()
                .flatMap(node -> at(node, mistakes).stream())
                .toList();
        if (fields.get("at").isPresent() && fields.list("at").isEmpty()) {
            mistakes.add(fields.spot("at"), "an endpoint has a method and path at least");
        }
        Optional<Input> expired = fields.text("accept-expired")
                .flatMap(word -> CarrierLoader.input(fields.spot("accept-expired"), word, mistakes));
        if (operation.isEmpty() || places.isEmpty() || fields.get("answer").isEmpty()) {
            return List.of();
        }
        List<CallSet> auth = sets.readAll(list(fields, "auth", operation.get()));
        List<String> needs = needs(list(fields, "needs", operation.get()));
        List<BodyKind> kinds = bodies(fields);
        InputRules rules = rules(fields, takes);
        return answers.read(fields.get("answer").get(), operation.get()).stream()
                .flatMap(answer -> places.stream()
                        .map(at -> new Endpoint(
                                at.spot(),
                                at.method(),
                                at.path(),
                                when,
                                auth,
                                needs,
                                expired,
                                kinds,
                                takes,
                                rules,
                                operation.get(),
                                answer)))
                .toList();
    }

    /// A method and a path.
    record At(Spot spot, String method, PathPattern path) {}

    static Optional<At> at(Node node, Mistakes mistakes) {
        Optional<String> at = Fields.text(node, mistakes);
        String[] parts = at.orElse("").split(" ", 2);
        Optional<PathPattern> path = parts.length == 2 ? PathPattern.parse(parts[1]) : Optional.empty();
        if (at.isPresent() && (path.isEmpty() || !METHODS.contains(parts[0]))) {
            mistakes.add(
                    node.spot(),
                    "this is no method and path, such as POST /v1/auth; methods allowed here: GET, POST, PUT, PATCH, DELETE");
        }
        return path.map(found -> new At(node.spot(), parts[0], found));
    }

    private List<BodyKind> bodies(Fields fields) {
        Optional<Node> own = fields.get("bodies");
        if (own.isEmpty()) {
            return bodies;
        }
        boolean ignored = own.get() instanceof Node.Text text && text.text().equals("ignored");
        return ignored ? List.of() : DialectLoader.bodies(own.get(), mistakes);
    }

    private List<Node> list(Fields fields, String key, Operation operation) {
        return fields.get(key).isEmpty() && operation.manages() && manage.isPresent()
                ? manage.get().list(key)
                : fields.list(key);
    }

    private List<String> needs(List<Node> nodes) {
        List<String> needs = new ArrayList<>();
        for (Node node : nodes) {
            Fields.text(node, mistakes).ifPresent(scope -> {
                if (Scopes.parse(scope).filter(one -> one.list().size() == 1).isEmpty()) {
                    mistakes.add(node.spot(), Mistakes.quoted(scope) + " is no scope");
                }
                needs.add(scope);
            });
        }
        return needs;
    }

    private List<Condition> conditions(Fields fields) {
        Sources sources = new Sources(mistakes, List.of(Place.HEADER, Place.QUERY, Place.MEMBER));
        List<Condition> conditions = new ArrayList<>();
        fields.entries("when")
                .forEach((text, entry) -> sources.read(entry.at(), text)
                        .ifPresent(source -> Fields.text(entry.value(), mistakes)
                                .ifPresent(value -> conditions.add(new Condition(source, value)))));
        return conditions;
    }

    private InputRules rules(Fields fields, List<Take> takes) {
        Map<Input, List<String>> words = new EnumMap<>(Input.class);
        fields.entries("words")
                .forEach((word, entry) -> taken(entry.at(), word, takes)
                        .ifPresent(input -> words.put(input, NamesLoader.texts(entry.value(), mistakes))));
        Map<Input, String> otherwise = new EnumMap<>(Input.class);
        fields.entries("otherwise")
                .forEach((word, entry) -> taken(entry.at(), word, takes)
                        .ifPresent(input ->
                                Fields.text(entry.value(), mistakes).ifPresent(value -> otherwise.put(input, value))));
        List<List<String>> apart = fields.list("apart").stream()
                .map(node -> NamesLoader.texts(node, mistakes))
                .toList();
        return new InputRules(words, otherwise, apart);
    }

    private Optional<Input> taken(Spot spot, String word, List<Take> takes) {
        Optional<Input> input = CarrierLoader.input(spot, word, mistakes);
        if (input.isPresent() && takes.stream().noneMatch(take -> take.input() == input.get())) {
            mistakes.add(spot, word + " is not taken here");
        }
        return input;
    }

    private List<Take> takes(Fields fields) {
        Sources sources = new Sources(mistakes, READ);
        List<Take> takes = new ArrayList<>();
        Set<Input> seen = EnumSet.noneOf(Input.class);
        for (Take.Rule rule : Take.Rule.values()) {
            fields.entries(rule.word())
                    .forEach((word, entry) -> CarrierLoader.input(entry.at(), word, mistakes)
                            .ifPresent(input -> {
                                if (!seen.add(input)) {
                                    mistakes.add(entry.at(), word + " is here twice");
                                }
                                takes.add(new Take(input, sources.readAll(entry.value()), rule));
                            }));
        }
        return takes;
    }
}
