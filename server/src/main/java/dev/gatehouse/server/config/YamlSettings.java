package dev.gatehouse.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads a YAML file into flat settings with their lines. Mappings of scalars only, besides the list `listeners`,
/// whose items are known by their `name` afterwards, and lists of texts, which become one text with commas;
/// aliases, duplicates and further documents are mistakes.
final class YamlSettings {
    private static final int MAX_BYTES = 65_536;
    private static final Pattern LIST = Pattern.compile(
            "listeners\\..+\\.(tls\\.(certificates|keys)|trusted-proxies)|egress\\.allow(-client-documents)?");
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxDocumentLength(MAX_BYTES)
                    .maxTokenCount(10_000)
                    .maxStringLength(4096)
                    .maxNameLength(200)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final String file;
    private final List<Mistake> mistakes;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private YamlSettings(String file, List<Mistake> mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /// The settings of a file; what is wrong with it is added to the mistakes.
    static Map<String, Setting> read(Path path, List<Mistake> mistakes) {
        String file = path.toString();
        YamlSettings yaml = new YamlSettings(file, mistakes);
        try {
            if (Files.size(path) > MAX_BYTES) {
                mistakes.add(new Mistake(file, "is larger than " + MAX_BYTES + " bytes"));
                return Map.of();
            }
            String text = Files.readString(path);
            try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), text)) {
                yaml.document(parser);
            }
        } catch (IOException e) {
            mistakes.add(new Mistake(
                    file, "cannot be read as UTF-8 text: " + e.getClass().getSimpleName()));
        } catch (JacksonException e) {
            mistakes.add(
                    new Mistake(file + ":" + e.getLocation().getLineNr(), "is not YAML: " + e.getOriginalMessage()));
        }
        return yaml.settings;
    }

    private void document(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return;
        }
        if (first != JsonToken.START_OBJECT) {
            mistake(parser, "the file is a mapping of keys to values");
            return;
        }
        mapping(parser, "");
        if (parser.nextToken() != null) {
            mistake(parser, "only one document may be in the file");
        }
    }

    private void mapping(JsonParser parser, String prefix) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = prefix + parser.currentName();
            int line = line(parser);
            JsonToken token = parser.nextToken();
            refuseAlias(parser);
            switch (token) {
                case START_OBJECT -> mapping(parser, key + ".");
                case START_ARRAY -> list(parser, key);
                case VALUE_NULL -> mistake(parser, key + " has no value");
                default -> put(key, new Setting(parser.getString(), file + ":" + line));
            }
        }
    }

    private void texts(JsonParser parser, String key) {
        String origin = file + ":" + line(parser);
        List<String> texts = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            refuseAlias(parser);
            if (!token.isScalarValue() || parser.getString().indexOf(',') >= 0) {
                mistake(parser, "an item of " + key + " is a text without a comma");
                parser.skipChildren();
            } else {
                texts.add(parser.getString());
            }
        }
        put(key, new Setting(String.join(", ", texts), origin));
    }

    private void list(JsonParser parser, String key) {
        if (LIST.matcher(key).matches()) {
            texts(parser, key);
            return;
        }
        boolean listeners = key.equals("listeners");
        if (!listeners) {
            mistake(parser, key + " is not a list");
        }
        int index = 0;
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            refuseAlias(parser);
            if (!listeners || token != JsonToken.START_OBJECT) {
                if (listeners) {
                    mistake(parser, "an item of " + key + " is a mapping with name, address, port and serves");
                }
                parser.skipChildren();
            } else {
                mapping(parser, key + "." + index++ + ".");
            }
            token = parser.nextToken();
        }
        if (listeners && index == 0) {
            mistake(parser, "listeners names at least one listener");
        }
    }

    private void put(String key, Setting setting) {
        Setting earlier = settings.putIfAbsent(key, setting);
        if (earlier != null) {
            mistakes.add(new Mistake(setting.origin(), key + " is here twice (first at " + earlier.origin() + ")"));
        }
    }

    private void refuseAlias(JsonParser parser) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            mistake(parser, "aliases are not read");
        }
    }

    private void mistake(JsonParser parser, String what) {
        mistakes.add(new Mistake(file + ":" + line(parser), what));
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /// Moves `listeners.0.port` to `listeners.<name>.port`.
    static Map<String, Setting> named(Map<String, Setting> settings, List<Mistake> mistakes) {
        Map<String, Setting> out = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        List<String> seen = new ArrayList<>();
        settings.forEach((key, setting) -> {
            if (key.matches("listeners\\.[0-9]+\\.name")) {
                names.put(key.substring(0, key.length() - "name".length()), setting.value());
                if (!setting.value().matches(ListenerReader.NAME)) {
                    mistakes.add(new Mistake(setting.origin(), "a listener's name is " + ListenerReader.NAME_ALLOWED));
                } else if (seen.contains(setting.value())) {
                    mistakes.add(new Mistake(setting.origin(), "the listener " + setting.value() + " is here twice"));
                }
                seen.add(setting.value());
            }
        });
        settings.forEach((key, setting) -> {
            String item = key.replaceFirst("^(listeners\\.[0-9]+\\.).*", "$1");
            if (!key.matches("listeners\\.[0-9]+\\..+")) {
                out.put(key, setting);
            } else if (!names.containsKey(item)) {
                mistakes.add(new Mistake(setting.origin(), "this listener has no name"));
            } else if (!key.equals(item + "name")) {
                out.putIfAbsent("listeners." + names.get(item) + "." + key.substring(item.length()), setting);
            }
        });
        return out;
    }
}
