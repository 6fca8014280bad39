package dev.gatehouse.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads one YAML document strictly: no key twice, no anchors, no aliases, no tags, bounded in size and depth.
public final class YamlReader {
    /// The largest file, in characters.
    public static final int MAX_LENGTH = 256 * 1024;

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxDocumentLength(MAX_LENGTH)
                    .maxTokenCount(50_000)
                    .maxStringLength(4096)
                    .maxNameLength(256)
                    .maxNumberLength(20)
                    .build())
            .build();

    private final String file;
    private final Mistakes mistakes;
    private final JsonParser parser;

    private YamlReader(String file, Mistakes mistakes, JsonParser parser) {
        this.file = file;
        this.mistakes = mistakes;
        this.parser = parser;
    }

    /// The mapping that a text is. Empty when it is none, which is told.
    ///
    /// @param file what messages call it
    public static Optional<Node.Mapping> read(String file, String text, Mistakes mistakes) {
        if (text.length() > MAX_LENGTH) {
            mistakes.add(new Spot(file, 1, 1), "the file is larger than " + MAX_LENGTH + " characters");
            return Optional.empty();
        }
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
            return new YamlReader(file, mistakes, parser).document();
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            mistakes.add(
                    new Spot(
                            file,
                            at == null ? 1 : Math.max(1, at.getLineNr()),
                            at == null ? 1 : Math.max(1, at.getColumnNr())),
                    "this is not YAML: " + firstLine(e.getOriginalMessage()));
            return Optional.empty();
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private Optional<Node.Mapping> document() {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            mistakes.add(new Spot(file, 1, 1), "the file is a mapping of keys to values");
            return Optional.empty();
        }
        Node.Mapping mapping = mapping();
        if (parser.nextToken() != null) {
            mistakes.add(spot(), "only one document may be in the file");
        }
        return Optional.of(mapping);
    }

    private Node.Mapping mapping() {
        Spot spot = spot();
        refuseMarks(spot);
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Spot at = spot();
            Node.Entry entry = new Node.Entry(at, value(parser.nextToken()));
            Node.Entry earlier = entries.putIfAbsent(key, entry);
            if (earlier != null) {
                mistakes.add(
                        at,
                        "the key " + Mistakes.quoted(key) + " is here twice, first in line "
                                + earlier.at().line());
            }
        }
        return new Node.Mapping(spot, entries);
    }

    private Node value(JsonToken token) {
        Spot spot = spot();
        if (token == JsonToken.START_OBJECT) {
            return mapping();
        }
        refuseMarks(spot);
        return switch (token) {
            case START_ARRAY -> sequence(spot);
            case VALUE_TRUE -> new Node.Flag(spot, true);
            case VALUE_FALSE -> new Node.Flag(spot, false);
            case VALUE_NULL -> new Node.Nothing(spot);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Numeral(spot, parser.getString());
            default -> new Node.Text(spot, parser.getString());
        };
    }

    private Node sequence(Spot spot) {
        List<Node> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(token));
            token = parser.nextToken();
        }
        return new Node.Sequence(spot, List.copyOf(items));
    }

    private void refuseMarks(Spot spot) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            mistakes.add(spot, "aliases are not read: write the value out");
        } else if (parser.getTypeId() != null) {
            mistakes.add(spot, "tags are not read: write the value alone");
        } else if (parser.getObjectId() != null) {
            mistakes.add(spot, "anchors are not read: write the value where it is used");
        }
    }

    private Spot spot() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Spot(file, at.getLineNr(), at.getColumnNr());
    }
}
