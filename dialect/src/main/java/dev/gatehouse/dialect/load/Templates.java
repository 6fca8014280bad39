package dev.gatehouse.dialect.load;

import dev.gatehouse.dialect.model.Format;
import dev.gatehouse.dialect.model.Template;
import dev.gatehouse.dialect.model.Type;
import dev.gatehouse.dialect.model.Word;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.Spot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads JSON with substitutions. `$name` is a value, `$name/format` a formatted one, `$$` a dollar sign.
final class Templates {
    private static final Pattern WHOLE = Pattern.compile("\\$([a-z][a-z0-9-]*)(?:/([a-z0-9-]+))?");
    private static final Pattern INSIDE = Pattern.compile("\\$(?:(\\$)|([a-z][a-z0-9-]*))?");

    private final Mistakes mistakes;
    private final Map<String, Type> names;

    /// @param names the values that there are
    Templates(Mistakes mistakes, Map<String, Type> names) {
        this.mistakes = mistakes;
        this.names = names;
    }

    /// An object.
    Optional<Template.Members> object(Node node) {
        if (node instanceof Node.Mapping) {
            return Optional.of((Template.Members) read(node));
        }
        mistakes.add(node.spot(), "a JSON object stands here, not " + node.kind());
        return Optional.empty();
    }

    /// Any JSON.
    Template read(Node node) {
        return switch (node) {
            case Node.Mapping(Spot _, Map<String, Node.Entry> entries) -> {
                Map<String, Template> members = new LinkedHashMap<>();
                entries.forEach((name, entry) -> members.put(name, read(entry.value())));
                yield new Template.Members(members);
            }
            case Node.Sequence(Spot _, List<Node> items) ->
                new Template.Items(items.stream().map(this::read).toList());
            case Node.Text(Spot spot, String text) -> text(spot, text);
            case Node.Numeral(Spot _, String digits) -> constant(number(digits));
            case Node.Flag(Spot _, boolean on) -> constant(on);
            case Node.Nothing _ -> new Template.Constant(Optional.empty());
        };
    }

    /// Text with values in it, for headers and addresses.
    Template text(Spot spot, String text) {
        Matcher whole = WHOLE.matcher(text);
        if (whole.matches()) {
            return value(spot, whole.group(1), Optional.ofNullable(whole.group(2)));
        }
        List<Template> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        Matcher inside = INSIDE.matcher(text);
        int from = 0;
        while (inside.find()) {
            plain.append(text, from, inside.start());
            from = inside.end();
            if (inside.group(2) != null) {
                parts.add(constant(plain.toString()));
                plain.setLength(0);
                parts.add(scalar(spot, inside.group(2)));
            } else if (inside.group(1) != null) {
                plain.append('$');
            } else {
                mistakes.add(spot, "a dollar sign alone is written $$");
            }
        }
        plain.append(text, from, text.length());
        return parts.isEmpty() ? constant(plain.toString()) : mixed(parts, plain.toString());
    }

    private static Template mixed(List<Template> parts, String rest) {
        List<Template> all = new ArrayList<>(parts);
        all.add(constant(rest));
        return new Template.Mixed(List.copyOf(all));
    }

    private Template scalar(Spot spot, String name) {
        Type type = names.getOrDefault(name, Type.TEXT);
        if (type != Type.TEXT && type != Type.NUMBER) {
            mistakes.add(spot, "$" + name + " is " + type.word() + ", which stands alone and not inside a text");
        }
        return value(spot, name, Optional.empty());
    }

    private Template value(Spot spot, String name, Optional<String> spelt) {
        Optional<Type> type = Optional.ofNullable(names.get(name));
        if (type.isEmpty()) {
            mistakes.word(spot, "value", name, names.keySet());
            return new Template.Value(name, Optional.empty());
        }
        List<String> formats = Format.of(type.get()).stream().map(Format::word).toList();
        Optional<Format> format =
                spelt.flatMap(word -> Word.find(Format.class, word)).filter(found -> formats.contains(found.word()));
        if (spelt.isPresent() && format.isEmpty()) {
            mistakes.word(spot, "format of " + type.get().word(), spelt.get(), formats);
        } else if (spelt.isEmpty() && type.get().needsFormat()) {
            mistakes.add(
                    spot,
                    "$" + name + " needs a format, $" + name + "/" + formats.getFirst() + " for example; allowed here: "
                            + Mistakes.list(formats));
        }
        return new Template.Value(name, format);
    }

    private static Object number(String digits) {
        return digits.matches("-?[0-9]{1,18}") ? Long.valueOf(digits) : new BigDecimal(digits);
    }

    private static Template constant(Object value) {
        return new Template.Constant(Optional.of(value));
    }
}
