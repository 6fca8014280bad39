package dev.gatehouse.oauth.json;

import dev.gatehouse.core.right.DetailValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// JSON as the value of an authorization detail (RFC 9396). Empty for what none can be: `null`, a number that
/// is not written plainly, and text in which something hides that people would not see (GAUNTLET L07).
public final class DetailJson {
    /// Letters and symbols that are seen as nothing: fillers of Hangul, and the blank of Braille.
    private static final Set<Integer> BLANK = Set.of(0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0);

    private DetailJson() {}

    /// Of what a stranger sent as a list. The caller has bounded the number of characters.
    public static Optional<DetailValue> list(String text) {
        return StrictJson.array(text.getBytes(StandardCharsets.UTF_8)).flatMap(DetailJson::value);
    }

    /// Of what was read.
    public static Optional<DetailValue> value(Json json) {
        return switch (json) {
            case Json.Text(String text) ->
                Optional.of(text).filter(DetailJson::shown).map(DetailValue.Text::new);
            case Json.Whole(long number) -> number(Long.toString(number));
            case Json.OtherNumber(String spelling) -> number(spelling);
            case Json.Bool(boolean flag) -> Optional.of(new DetailValue.Flag(flag));
            case Json.Null() -> Optional.empty();
            case Json.Items(List<Json> items) -> {
                List<DetailValue> values = new ArrayList<>();
                items.forEach(one -> value(one).ifPresent(values::add));
                yield values.size() == items.size() ? Optional.of(new DetailValue.Items(values)) : Optional.empty();
            }
            case Json.Members(Map<String, Json> members) -> {
                SortedMap<String, DetailValue> values = new TreeMap<>();
                members.forEach(
                        (name, one) -> value(one).filter(_ -> shown(name)).ifPresent(value -> values.put(name, value)));
                yield values.size() == members.size() ? Optional.of(new DetailValue.Members(values)) : Optional.empty();
            }
        };
    }

    private static Optional<DetailValue> number(String spelling) {
        return Optional.of(spelling).filter(DetailValue.Numeral::spelled).map(DetailValue.Numeral::new);
    }

    private static boolean shown(String text) {
        return text.codePoints().noneMatch(one -> switch (Character.getType(one)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> one != ' ';
            default -> BLANK.contains(one);
        });
    }
}
