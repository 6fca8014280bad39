package dev.gatehouse.dialect.sign;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A query as it is signed: parameters by name, each with its value as JSON, decoded once more. Of several of one name
/// the last counts; those of `name[]` are a list; those without a value do not count (PHP's `parse_str`).
final class SortedQuery {
    private static final Comparator<String> BY_CODE_POINT =
            (one, other) -> Arrays.compareUnsigned(Coded.utf8(one), Coded.utf8(other));

    private SortedQuery() {}

    static String of(String query) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && equals < pair.length() - 1) {
                byName.computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        byName.forEach((name, all) -> {
            boolean list = name.endsWith("[]");
            values.put(
                    list ? name.substring(0, name.length() - 2) : name, list ? json(all) : Coded.json(all.getLast()));
        });
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_CODE_POINT))
                .map(entry -> entry.getKey() + "=" + decoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String json(List<String> all) {
        return all.stream().map(Coded::json).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Plus signs are blanks. What is no percent-encoding stays as it is; bytes that are no UTF-8 become U+FFFD.
    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] bytes = Coded.utf8(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
