package dev.gatehouse.connect.platform;

import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of one mapping of a platform file. Whatever is wrong is told, and reads as absent.
final class Fields {
    private final Node.Mapping mapping;
    private final Mistakes mistakes;

    private Fields(Node.Mapping mapping, Mistakes mistakes) {
        this.mapping = mapping;
        this.mistakes = mistakes;
    }

    /// Checks that a node is a mapping with these keys and no others.
    static Optional<Fields> of(Node node, List<String> must, List<String> may, Mistakes mistakes) {
        List<String> words = new ArrayList<>(must);
        words.addAll(may);
        if (!(node instanceof Node.Mapping mapping)) {
            mistakes.add(
                    node.spot(),
                    "a mapping stands here, not " + node.kind() + "; allowed here: " + Mistakes.list(words));
            return Optional.empty();
        }
        mapping.entries().forEach((key, entry) -> {
            if (!words.contains(key)) {
                mistakes.word(entry.at(), "key", key, words);
            }
        });
        must.stream()
                .filter(key -> !mapping.entries().containsKey(key))
                .forEach(key -> mistakes.add(mapping.spot(), "the key " + key + " is missing"));
        return Optional.of(new Fields(mapping, mistakes));
    }

    Optional<Node> get(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(Node.Entry::value);
    }

    /// Where a value stands; the mapping itself when it is absent.
    Spot spot(String key) {
        return get(key).map(Node::spot).orElse(mapping.spot());
    }

    Optional<String> text(String key) {
        return get(key).flatMap(node -> text(node, mistakes));
    }

    Optional<Template> template(String key) {
        return get(key).flatMap(node -> template(node, mistakes));
    }

    <W extends Enum<W> & Word> Optional<W> word(String key, Class<W> kind) {
        Optional<String> text = text(key);
        Optional<W> found = text.flatMap(spelt -> Word.find(kind, spelt));
        if (text.isPresent() && found.isEmpty()) {
            mistakes.word(spot(key), key, text.get(), Word.all(kind));
        }
        return found;
    }

    boolean flag(String key, boolean absent) {
        return switch (get(key).orElse(new Node.Flag(mapping.spot(), absent))) {
            case Node.Flag flag -> flag.on();
            case Node.Mapping _, Node.Sequence _, Node.Text _, Node.Numeral _, Node.Nothing _ -> {
                mistakes.add(spot(key), key + " is true or false");
                yield absent;
            }
        };
    }

    /// The texts of a list; none when it is absent.
    List<String> texts(String key) {
        return get(key).map(node -> {
                    if (node instanceof Node.Sequence(Spot _, List<Node> items)) {
                        return items.stream()
                                .flatMap(item -> text(item, mistakes).stream())
                                .toList();
                    }
                    mistakes.add(node.spot(), "a list stands here, not " + node.kind());
                    return List.<String>of();
                })
                .orElse(List.of());
    }

    /// The keys and values of a mapping; none when it is absent.
    Map<String, Node.Entry> entries(String key) {
        return get(key).map(node -> {
                    if (node instanceof Node.Mapping(Spot _, Map<String, Node.Entry> entries)) {
                        return entries;
                    }
                    mistakes.add(node.spot(), "a mapping stands here, not " + node.kind());
                    return Map.<String, Node.Entry>of();
                })
                .orElse(Map.of());
    }

    /// The templates of a list; none when it is absent.
    List<Template> list(String key) {
        return texts(key).stream()
                .flatMap(text -> template(new Node.Text(spot(key), text), mistakes).stream())
                .toList();
    }

    /// Names with their templates.
    Map<String, Template> templates(String key) {
        Map<String, Template> templates = new LinkedHashMap<>();
        entries(key)
                .forEach((name, entry) ->
                        template(entry.value(), mistakes).ifPresent(template -> templates.put(name, template)));
        return templates;
    }

    static Optional<Template> template(Node node, Mistakes mistakes) {
        Optional<String> text = text(node, mistakes);
        Optional<Template> template = text.flatMap(Template::parse);
        if (text.isPresent() && template.isEmpty()) {
            mistakes.add(
                    node.spot(),
                    "braces stand around the name of a field, as in {token}: " + Mistakes.quoted(text.get()));
        }
        return template;
    }

    /// Text, or a number as it was written.
    static Optional<String> text(Node node, Mistakes mistakes) {
        return switch (node) {
            case Node.Text(Spot _, String text) -> Optional.of(text);
            case Node.Numeral(Spot _, String digits) -> Optional.of(digits);
            case Node.Mapping _, Node.Sequence _, Node.Flag _, Node.Nothing _ -> {
                mistakes.add(node.spot(), "text stands here, not " + node.kind());
                yield Optional.empty();
            }
        };
    }
}
