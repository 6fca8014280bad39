package dev.gatehouse.cli;

import dev.gatehouse.client.Json;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Text from a server made safe for a terminal: one line, without control characters or changes of direction.
final class Text {
    private Text() {}

    static String line(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (steers(c)) {
                out.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /// A value as people read it: plain where it is simple, one line of JSON where it is not.
    static String of(Json value) {
        return line(
                switch (value) {
                    case Json.Str(String text) -> text;
                    case Json.Null() -> "-";
                    case Json.Arr(List<Json> items)
                    when items.stream().allMatch(Json.Str.class::isInstance) ->
                        items.isEmpty()
                                ? "-"
                                : String.join(" ", items.stream().map(Text::of).toList());
                    case Json.Obj(Map<String, Json> members) when members.isEmpty() -> "-";
                    case Json.Arr _, Json.Obj _, Json.Num _, Json.Bool _ -> value.compact();
                });
    }

    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> c < 0x10000;
            default -> false;
        };
    }
}
