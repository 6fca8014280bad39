package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Answer;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.dialect.model.Type;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what endpoints answer. A shared reply is read anew for each operation that uses it, because what it
/// shows must be what that operation gives.
final class AnswerLoader {
    private final Mistakes mistakes;
    private final Map<String, Node.Entry> replies;
    private final Set<String> used = new HashSet<>();

    AnswerLoader(Mistakes mistakes, Map<String, Node.Entry> replies) {
        this.mistakes = mistakes;
        this.replies = replies;
    }

    Optional<Answer> read(Node node, Operation operation) {
        return switch (node) {
            case Node.Numeral _ ->
                Fields.number(node, 200, 399, mistakes)
                        .map(status -> new Answer(status, Optional.empty(), Map.of(), Map.of(), Optional.empty()));
            case Node.Text(Spot spot, String text) -> shared(spot, text, operation);
            case Node.Mapping _ ->
                Fields.of(node, Section.ANSWER, mistakes).flatMap(fields -> whole(fields, operation));
            case Node.Sequence _, Node.Flag _, Node.Nothing _ -> {
                mistakes.add(node.spot(), "a status, a status and a reply, or an answer stands here");
                yield Optional.empty();
            }
        };
    }

    private Optional<Answer> shared(Spot spot, String text, Operation operation) {
        if (!operation.lists().isEmpty()) {
            mistakes.add(spot, operation.word() + " gives a list, which takes an answer with json and items");
            return Optional.empty();
        }
        String[] parts = text.split(" ", 2);
        if (parts.length != 2 || !parts[0].matches("[23][0-9]{2}")) {
            mistakes.add(spot, "a status and the name of a reply stand here, such as 201 token");
            return Optional.empty();
        }
        return reply(spot, parts[1], templates(operation))
                .map(body -> new Answer(
                        Integer.parseInt(parts[0]), Optional.of(body), Map.of(), Map.of(), Optional.empty()));
    }

    private Optional<Template.Members> reply(Spot spot, String name, Templates templates) {
        Node.Entry entry = replies.get(name);
        if (entry == null) {
            mistakes.word(spot, "reply", name, replies.keySet());
            return Optional.empty();
        }
        used.add(name);
        return templates.object(entry.value());
    }

    private Optional<Answer> whole(Fields fields, Operation operation) {
        Templates templates = templates(operation);
        Optional<Template> body = fields.get("json").flatMap(node -> body(node, operation, templates));
        Map<String, Template.Members> items = items(fields, operation);
        boolean fragment = fields.get("fragment").isPresent();
        if (fragment && fields.get("query").isPresent()) {
            mistakes.add(
                    fields.spot("fragment"),
                    "a browser takes values back in the query or in the fragment, not in both");
        }
        String back = fragment ? "fragment" : "query";
        Map<String, Template> values = new LinkedHashMap<>();
        fields.entries(back)
                .forEach((name, entry) -> Fields.text(entry.value(), mistakes)
                        .ifPresent(text ->
                                values.put(name, templates.text(entry.value().spot(), text))));
        Map<String, Template> headers = DialectLoader.headers(fields.entries("headers"), templates, mistakes);
        return fields.get("status")
                .flatMap(node -> Fields.number(node, 200, 399, mistakes))
                .map(status -> new Answer(
                        status,
                        body,
                        items,
                        headers,
                        values.isEmpty() ? Optional.empty() : Optional.of(new Answer.Back(fragment, values))));
    }

    private Optional<Template> body(Node node, Operation operation, Templates templates) {
        if (!(node instanceof Node.Text(Spot spot, String name))) {
            return templates.object(node).map(body -> body);
        }
        return name.equals("$" + Output.ITEMS.word()) && operation.gives().contains(Output.ITEMS)
                ? Optional.of(templates.read(node))
                : reply(spot, name, templates).map(body -> body);
    }

    /// How each item of a list looks, where the operation gives lists.
    private Map<String, Template.Members> items(Fields fields, Operation operation) {
        Map<Output, List<Output>> lists = operation.lists();
        Optional<Node> node = fields.get("items");
        if (lists.isEmpty() == node.isPresent()) {
            mistakes.add(
                    fields.spot(lists.isEmpty() ? "items" : "status"),
                    operation.word()
                            + (lists.isEmpty() ? " gives no items" : " needs items: the reply that each item is"));
            return Map.of();
        }
        Map<String, Template.Members> items = new LinkedHashMap<>();
        if (node.isPresent()) {
            Map<String, Node> named = named(node.get());
            lists.forEach((list, shows) -> Optional.ofNullable(named.get(list.word()))
                    .flatMap(name ->
                            Fields.text(name, mistakes).flatMap(text -> reply(name.spot(), text, templates(shows))))
                    .ifPresentOrElse(
                            item -> items.put(list.word(), item),
                            () -> mistakes.add(
                                    node.get().spot(), operation.word() + " needs items of $" + list.word())));
        }
        return items;
    }

    /// The name of a reply alone is for `$items`.
    private static Map<String, Node> named(Node node) {
        Map<String, Node> named = new LinkedHashMap<>();
        if (node instanceof Node.Mapping(Spot _, Map<String, Node.Entry> entries)) {
            entries.forEach((name, entry) -> named.put(name, entry.value()));
        } else {
            named.put(Output.ITEMS.word(), node);
        }
        return named;
    }

    private Templates templates(Operation operation) {
        return templates(operation.gives());
    }

    private Templates templates(List<Output> outputs) {
        Map<String, Type> names = new LinkedHashMap<>();
        outputs.forEach(output -> names.put(output.word(), output.type()));
        return new Templates(mistakes, names);
    }

    /// Tells of replies that no endpoint names.
    void refuseUnused() {
        replies.forEach((name, entry) -> {
            if (!used.contains(name)) {
                mistakes.add(entry.at(), "no endpoint answers with the reply " + Mistakes.quoted(name));
            }
        });
    }
}
