package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of one mapping as its section allows them. Whatever is wrong is told, and reads as absent.
final class Fields {
    private final Node.Mapping mapping;
    private final Mistakes mistakes;

    private Fields(Node.Mapping mapping, Mistakes mistakes) {
        this.mapping = mapping;
        this.mistakes = mistakes;
    }

    /// Checks that the node is such a mapping: no unknown key, none missing.
    static Optional<Fields> of(Node node, Section section, Mistakes mistakes) {
        if (!(node instanceof Node.Mapping mapping)) {
            mistakes.add(
                    node.spot(),
                    "a mapping stands here, not " + node.kind() + "; allowed here: " + Mistakes.list(section.words()));
            return Optional.empty();
        }
        mapping.entries().forEach((key, entry) -> {
            if (!section.open() && !section.words().contains(key)) {
                mistakes.word(entry.at(), "key", key, section.words());
            }
        });
        for (Section.Key key : section.keys()) {
            if (key.required() && !mapping.entries().containsKey(key.name())) {
                mistakes.add(mapping.spot(), "the key " + key.name() + " is missing: " + plain(key.takes()));
            }
        }
        return Optional.of(new Fields(mapping, mistakes));
    }

    /// Without the marks of the reference.
    private static String plain(String markdown) {
        return markdown.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "");
    }

    Spot spot() {
        return mapping.spot();
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

    <W extends Enum<W> & Word> Optional<W> word(String key, Class<W> kind, String what) {
        return get(key).flatMap(node -> word(node, kind, what, mistakes));
    }

    /// The keys and values of a mapping; none when it is absent.
    Map<String, Node.Entry> entries(String key) {
        return get(key).map(node -> entries(node, mistakes)).orElse(Map.of());
    }

    /// A list, or the one value that stands for a list of one; none when it is absent.
    List<Node> list(String key) {
        return get(key).map(Fields::list).orElse(List.of());
    }

    static List<Node> list(Node node) {
        return node instanceof Node.Sequence(Spot _, List<Node> items) ? items : List.of(node);
    }

    static Map<String, Node.Entry> entries(Node node, Mistakes mistakes) {
        if (node instanceof Node.Mapping(Spot _, Map<String, Node.Entry> entries)) {
            return entries;
        }
        mistakes.add(node.spot(), "a mapping stands here, not " + node.kind());
        return Map.of();
    }

    /// Text, or a number as it was written.
    static Optional<String> text(Node node, Mistakes mistakes) {
        return switch (node) {
            case Node.Text(Spot _, String text) when !text.isEmpty() -> Optional.of(text);
            case Node.Numeral(Spot _, String digits) -> Optional.of(digits);
            case Node.Text _, Node.Mapping _, Node.Sequence _, Node.Flag _, Node.Nothing _ -> {
                mistakes.add(
                        node.spot(), "text stands here, not " + (node instanceof Node.Text ? "nothing" : node.kind()));
                yield Optional.empty();
            }
        };
    }

    static <W extends Enum<W> & Word> Optional<W> word(Node node, Class<W> kind, String what, Mistakes mistakes) {
        Optional<String> text = text(node, mistakes);
        Optional<W> found = text.flatMap(spelt -> Word.find(kind, spelt));
        if (text.isPresent() && found.isEmpty()) {
            mistakes.word(node.spot(), what, text.get(), Word.all(kind));
        }
        return found;
    }

    /// A whole number within bounds.
    static Optional<Integer> number(Node node, int least, int most, Mistakes mistakes) {
        if (node instanceof Node.Numeral(Spot _, String digits) && digits.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(digits);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        }
        mistakes.add(node.spot(), "a number from " + least + " to " + most + " stands here");
        return Optional.empty();
    }
}
