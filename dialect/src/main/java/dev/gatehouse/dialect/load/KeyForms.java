package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Forms of the management of API keys, written out as the four endpoints that each of them is.
final class KeyForms {
    private static final String ID = "id";

    private final List<Node> endpoints = new ArrayList<>();
    private final Map<String, Node.Entry> replies = new LinkedHashMap<>();

    KeyForms(List<Node> forms, Mistakes mistakes) {
        forms.forEach(node -> Fields.of(node, Section.KEY_FORM, mistakes).ifPresent(this::write));
    }

    /// The endpoints of all forms.
    List<Node> endpoints() {
        return List.copyOf(endpoints);
    }

    /// The replies that a file shares, and one for each form.
    Map<String, Node.Entry> and(Map<String, Node.Entry> shared) {
        Map<String, Node.Entry> all = new LinkedHashMap<>(shared);
        all.putAll(replies);
        return all;
    }

    private void write(Fields form) {
        String path = form.text("at").orElse("/");
        form.get("key").ifPresent(key -> replies.put(path, new Node.Entry(key.spot(), key)));
        Map<String, Node.Entry> takes = form.entries("takes");
        Map<String, Node.Entry> find = form.entries("find");
        add(form, "POST " + path, "create-key", takes, without(Input.ENABLED), is(Input.NAME), form.get("create"));
        add(form, "GET " + path, "list-keys", find, _ -> true, _ -> false, Optional.empty());
        Map<String, Node.Entry> one = new LinkedHashMap<>(takes);
        one.put(Input.TARGET_KEY.word(), entry(form, "path " + ID));
        add(
                form,
                "GET " + path + "/{" + ID + "}",
                "get-key",
                only(one, KeyForms::inPath),
                _ -> true,
                _ -> false,
                Optional.empty());
        add(form, "PUT " + path + "/{" + ID + "}", "update-key", one, _ -> true, _ -> false, Optional.empty());
    }

    private static Predicate<String> is(Input input) {
        return input.word()::equals;
    }

    private static Predicate<String> without(Input input) {
        return is(input).negate();
    }

    private static boolean inPath(Node.Entry entry) {
        return entry.value() instanceof Node.Text(var _, String text) && text.startsWith("path ");
    }

    private static Map<String, Node.Entry> only(Map<String, Node.Entry> entries, Predicate<Node.Entry> kept) {
        Map<String, Node.Entry> some = new LinkedHashMap<>(entries);
        some.values().removeIf(kept.negate());
        return some;
    }

    /// @param kept which inputs are read
    /// @param must which of them have to be there, beside what is in the path
    /// @param status where it is not 200
    private void add(
            Fields form,
            String at,
            String operation,
            Map<String, Node.Entry> inputs,
            Predicate<String> kept,
            Predicate<String> must,
            Optional<Node> status) {
        Map<String, Node.Entry> take = new LinkedHashMap<>();
        Map<String, Node.Entry> may = new LinkedHashMap<>();
        inputs.forEach((word, entry) -> {
            if (kept.test(word)) {
                (must.test(word) || inPath(entry) ? take : may).put(word, entry);
            }
        });
        Map<String, Node.Entry> endpoint = new LinkedHashMap<>();
        endpoint.put("at", entry(form, at));
        put(form, endpoint, "take", take);
        put(form, endpoint, "may", may);
        for (String key : List.of("words", "otherwise")) {
            Map<String, Node.Entry> said = new LinkedHashMap<>(form.entries(key));
            said.keySet().removeIf(word -> !take.containsKey(word) && !may.containsKey(word));
            put(form, endpoint, key, said);
        }
        boolean writes = !may.isEmpty() && !operation.equals("list-keys");
        form.get("apart")
                .filter(_ -> writes)
                .ifPresent(node -> endpoint.put("apart", new Node.Entry(node.spot(), node)));
        endpoint.put("do", entry(form, operation));
        endpoint.put("answer", new Node.Entry(form.spot(), answer(form, operation, status)));
        endpoints.add(new Node.Mapping(form.spot(), endpoint));
    }

    private static void put(
            Fields form, Map<String, Node.Entry> endpoint, String key, Map<String, Node.Entry> entries) {
        if (!entries.isEmpty()) {
            endpoint.put(key, new Node.Entry(form.spot(), new Node.Mapping(form.spot(), entries)));
        }
    }

    private static Node answer(Fields form, String operation, Optional<Node> status) {
        Node.Entry reply = entry(form, form.text("at").orElse("/"));
        Map<String, Node.Entry> answer = new LinkedHashMap<>();
        Node said = status.orElseGet(() -> new Node.Numeral(form.spot(), "200"));
        answer.put("status", new Node.Entry(said.spot(), said));
        if (operation.equals("list-keys")) {
            answer.put("items", reply);
            form.get("list").ifPresent(list -> answer.put("json", new Node.Entry(list.spot(), list)));
        } else {
            answer.put("json", reply);
        }
        return new Node.Mapping(form.spot(), answer);
    }

    private static Node.Entry entry(Fields form, String text) {
        return new Node.Entry(form.spot(), new Node.Text(form.spot(), text));
    }
}
