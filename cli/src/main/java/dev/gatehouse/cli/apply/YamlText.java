package dev.gatehouse.cli.apply;

import dev.gatehouse.client.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes a JSON value as YAML that people read: blocks, short lists in one line, quotes only where they are
/// needed. The same value always gives the same text.
final class YamlText {
    private static final int LINE = 100;

    /// Text that every YAML reader takes for text, inside lists in one line too.
    private static final Pattern PLAIN = Pattern.compile(
            "[A-Za-z/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*(?: [A-Za-z0-9_./@+-]+(?::[A-Za-z0-9_./@+-]+)*)*");

    /// Words that some readers take for something else.
    private static final Pattern WORDS = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    static String of(Json.Obj value) {
        YamlText text = new YamlText();
        text.members(value, 0);
        return text.out.toString();
    }

    private void members(Json.Obj object, int depth) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            out.repeat("  ", depth).append(text(member.getKey())).append(':');
            value(member.getValue(), depth);
        }
    }

    /// What stands after a colon.
    private void value(Json value, int depth) {
        switch (value) {
            case Json.Obj(var members) when members.isEmpty() -> out.append(" {}\n");
            case Json.Obj object -> {
                out.append('\n');
                members(object, depth + 1);
            }
            case Json.Arr(List<Json> items)
            when items.stream().noneMatch(Json.Obj.class::isInstance) -> {
                String line = "["
                        + String.join(", ", items.stream().map(YamlText::scalar).toList()) + "]";
                if (line.length() + 2 * depth <= LINE) {
                    out.append(' ').append(line).append('\n');
                } else {
                    out.append('\n');
                    items(items, depth + 1);
                }
            }
            case Json.Arr(List<Json> items) -> {
                out.append('\n');
                items(items, depth + 1);
            }
            case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ ->
                out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void items(List<Json> items, int depth) {
        for (Json item : items) {
            int from = out.length();
            if (item instanceof Json.Obj object && !object.members().isEmpty()) {
                members(object, depth + 1);
                out.setCharAt(from + 2 * depth, '-');
            } else {
                out.repeat("  ", depth).append("- ").append(scalar(item)).append('\n');
            }
        }
    }

    private static String scalar(Json value) {
        return value instanceof Json.Str(String text) ? text(text) : value.compact();
    }

    private static String text(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.matcher(text).matches() ? text : new Json.Str(text).compact();
    }
}
