package dev.gatehouse.dialect.load;

import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.dialect.model.KeyOrder;
import dev.gatehouse.dialect.model.MarkRule;
import dev.gatehouse.dialect.model.Names;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a provider calls what Gatehouse calls otherwise, and what it keeps that means nothing here.
final class NamesLoader {
    private static final List<String> KINDS =
            ConnectionKind.KNOWN.stream().map(ConnectionKind::wire).toList();

    private final Mistakes mistakes;

    NamesLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    Optional<Names> names(Node node) {
        return Fields.of(node, Section.NAMES, mistakes).map(fields -> {
            Map<String, ConnectionKind> kinds = new LinkedHashMap<>();
            fields.entries("kind")
                    .forEach((name, entry) -> Fields.text(entry.value(), mistakes)
                            .ifPresent(word -> ConnectionKind.of(word)
                                    .ifPresentOrElse(
                                            kind -> kinds.put(name, kind),
                                            () -> mistakes.word(
                                                    entry.value().spot(), "kind of connections", word, KINDS))));
            Map<String, KeyOrder> orders = new LinkedHashMap<>();
            fields.entries("order")
                    .forEach((name, entry) -> Fields.word(entry.value(), KeyOrder.class, "order", mistakes)
                            .ifPresent(order -> orders.put(name, order)));
            return new Names(
                    kinds,
                    named(fields, "part"),
                    lists(fields, "permission"),
                    orders,
                    named(fields, "role"),
                    fields.text("own"));
        });
    }

    Optional<MarkRule> marks(Node node) {
        return Fields.of(node, Section.MARKS, mistakes)
                .map(fields -> new MarkRule(
                        fields.text("id"), texts(fields, "required"), texts(fields, "may"), lists(fields, "words")));
    }

    private Map<String, String> named(Fields fields, String key) {
        Map<String, String> names = new LinkedHashMap<>();
        fields.entries(key)
                .forEach(
                        (name, entry) -> Fields.text(entry.value(), mistakes).ifPresent(ours -> names.put(name, ours)));
        return names;
    }

    private Map<String, List<String>> lists(Fields fields, String key) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        fields.entries(key).forEach((name, entry) -> lists.put(name, texts(entry.value(), mistakes)));
        return lists;
    }

    private List<String> texts(Fields fields, String key) {
        return fields.get(key).map(node -> texts(node, mistakes)).orElse(List.of());
    }

    static List<String> texts(Node node, Mistakes mistakes) {
        return Fields.list(node).stream()
                .flatMap(item -> Fields.text(item, mistakes).stream())
                .toList();
    }
}
