package dev.gatehouse.cli.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads one YAML file strictly: one document, no key twice, no aliases, no tags.
final class YamlFile {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxDocumentLength(MAX_BYTES)
                    .maxTokenCount(4_000_000)
                    .maxStringLength(4096)
                    .maxNameLength(8192)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final String file;
    private final Mistakes mistakes;
    private final JsonParser parser;

    private YamlFile(String file, Mistakes mistakes, JsonParser parser) {
        this.file = file;
        this.mistakes = mistakes;
        this.parser = parser;
    }

    /// The mapping that the file is; an empty file is one without keys. Empty when it is no such file, which is
    /// told.
    static Optional<Node.Mapping> read(Path path, Mistakes mistakes) {
        String file = path.toString();
        try {
            if (Files.size(path) > MAX_BYTES) {
                mistakes.add(file, "is larger than " + MAX_BYTES + " bytes");
                return Optional.empty();
            }
            try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), Files.readString(path))) {
                return new YamlFile(file, mistakes, parser).document();
            }
        } catch (IOException e) {
            mistakes.add(file, "cannot be read as UTF-8 text: " + e.getClass().getSimpleName());
        } catch (JacksonException e) {
            mistakes.add(file + ":" + e.getLocation().getLineNr(), "is not YAML: " + e.getOriginalMessage());
        }
        return Optional.empty();
    }

    private Optional<Node.Mapping> document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.of(new Node.Mapping(new Place(file, 1), Map.of()));
        }
        if (first != JsonToken.START_OBJECT) {
            mistakes.add(place(), "the file is a mapping of keys to values");
            return Optional.empty();
        }
        Node.Mapping mapping = mapping();
        if (parser.nextToken() != null) {
            mistakes.add(place(), "only one document may be in the file");
        }
        return Optional.of(mapping);
    }

    private Node.Mapping mapping() {
        Place place = place();
        refuseTag(place);
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            Place at = place();
            Node.Entry entry = new Node.Entry(at, value(parser.nextToken()));
            Node.Entry earlier = entries.putIfAbsent(key, entry);
            if (earlier != null) {
                mistakes.add(at, Place.quoted(key) + " is here twice (first at " + earlier.at() + ")");
            }
        }
        return new Node.Mapping(place, entries);
    }

    private Node value(JsonToken token) {
        Place place = place();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            mistakes.add(place, "aliases are not read");
        }
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_TRUE -> new Node.Flag(place, true);
            case VALUE_FALSE -> new Node.Flag(place, false);
            case VALUE_NULL -> new Node.Nothing(place);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                refuseTag(place);
                yield new Node.Numeral(place, parser.getString());
            }
            default -> {
                refuseTag(place);
                yield new Node.Text(place, parser.getString());
            }
        };
    }

    private Node sequence() {
        Place place = place();
        refuseTag(place);
        List<Node> items = new ArrayList<>();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(token));
            token = parser.nextToken();
        }
        return new Node.Sequence(place, List.copyOf(items));
    }

    private void refuseTag(Place place) {
        if (parser.getTypeId() != null) {
            mistakes.add(place, "tags are not read");
        }
    }

    private Place place() {
        return new Place(file, parser.currentTokenLocation().getLineNr());
    }
}
