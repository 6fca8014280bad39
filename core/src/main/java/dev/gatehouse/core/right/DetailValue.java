package dev.gatehouse.core.right;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A JSON value in an authorization detail (RFC 9396 section 2). It has one text: members in the order of their
/// names, no white space, ASCII alone. So two of them are the same when their texts are, and one fits into a
/// header.
public sealed interface DetailValue {
    /// A string.
    record Text(String value) implements DetailValue {}

    /// A number as it is spelled: `12.5` and `12.50` are two.
    record Numeral(String spelling) implements DetailValue {
        private static final Pattern FORM = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?");

        private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0(\\.0+)?");

        /// Refuses what [#spelled] does.
        public Numeral {
            if (!spelled(spelling)) {
                throw new IllegalArgumentException("not a number of a detail");
            }
        }

        /// Whether it is at most 18 digits, and at most nine behind the point; no exponent, no `-0` nor `-0.0`.
        public static boolean spelled(String text) {
            return FORM.matcher(text).matches() && !NEGATIVE_ZERO.matcher(text).matches();
        }
    }

    /// `true` or `false`.
    record Flag(boolean value) implements DetailValue {}

    /// An array.
    record Items(List<DetailValue> values) implements DetailValue {
        /// Keeps a copy.
        public Items {
            values = List.copyOf(values);
        }
    }

    /// An object.
    record Members(SortedMap<String, DetailValue> byName) implements DetailValue {
        /// Keeps a copy.
        public Members {
            byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
        }
    }

    /// As JSON, in the one form.
    default String text() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        switch (this) {
            case Text(String value) -> quote(out, value);
            case Numeral(String spelling) -> out.append(spelling);
            case Flag(boolean value) -> out.append(value);
            case Items(List<DetailValue> values) -> {
                out.append('[');
                for (int i = 0; i < values.size(); i++) {
                    values.get(i).write(i == 0 ? out : out.append(','));
                }
                out.append(']');
            }
            case Members(SortedMap<String, DetailValue> byName) -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, DetailValue> one : byName.entrySet()) {
                    quote(out.append(separator), one.getKey());
                    one.getValue().write(out.append(':'));
                    separator = ",";
                }
                out.append('}');
            }
        }
    }

    private static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 15, 16));
                }
            }
        }
        out.append('"');
    }

    /// The same as strings, numbers, booleans, lists and maps, for whoever writes JSON.
    default Object plain() {
        return switch (this) {
            case Text(String value) -> value;
            case Numeral(String spelling) ->
                spelling.contains(".") ? (Object) new BigDecimal(spelling) : (Object) Long.valueOf(spelling);
            case Flag(boolean value) -> value;
            case Items(List<DetailValue> values) ->
                values.stream().map(DetailValue::plain).toList();
            case Members(SortedMap<String, DetailValue> byName) -> {
                Map<String, Object> members = new LinkedHashMap<>();
                byName.forEach((name, value) -> members.put(name, value.plain()));
                yield members;
            }
        };
    }

    /// What a person reads of it: lists apart by commas, objects as JSON.
    default String shown() {
        return switch (this) {
            case Text(String value) -> value;
            case Numeral(String spelling) -> spelling;
            case Flag(boolean value) -> Boolean.toString(value);
            case Items(List<DetailValue> values) ->
                String.join(", ", values.stream().map(DetailValue::shown).toList());
            case Members _ -> text();
        };
    }

    /// How deep it is; one where nothing is in it.
    default int depth() {
        return switch (this) {
            case Text _, Numeral _, Flag _ -> 1;
            case Items(List<DetailValue> values) ->
                1 + values.stream().mapToInt(DetailValue::depth).max().orElse(0);
            case Members(SortedMap<String, DetailValue> byName) ->
                1 + byName.values().stream().mapToInt(DetailValue::depth).max().orElse(0);
        };
    }
}
