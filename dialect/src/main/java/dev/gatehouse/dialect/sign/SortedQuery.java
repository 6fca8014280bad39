package dev.gatehouse.dialect.sign;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A query as it is signed: parameters by name, each with its value as JSON; those of `name[]` are a list.
///
/// Clients leave parameters without a value out, keep the last of several of one name, and decode values twice (as
/// PHP's `parse_str` and their own code do). So there are queries that another one could be put in the place of
/// without the signature telling; those are not signed, whatever their signature.
final class SortedQuery {
    private static final Comparator<String> BY_CODE_POINT =
            (one, other) -> Arrays.compareUnsigned(Coded.utf8(one), Coded.utf8(other));
    private static final String LIST = "[]";

    /// What a second decoding would change.
    private static final Pattern DECODED_AGAIN = Pattern.compile("\\+|%[0-9A-Fa-f]{2}");

    /// What a name could not be told from its value by, or from the next one.
    private static final Pattern NO_NAME = Pattern.compile("[&=\"%\\p{Cntrl}]");

    private SortedQuery() {}

    /// Empty where the same text is signed of a query with other parameters.
    static Optional<String> of(String query) {
        Map<String, List<String>> byName = new TreeMap<>(BY_CODE_POINT);
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            Optional<String> name = decoded(pair.substring(0, Math.max(equals, 0)));
            Optional<String> value = decoded(pair.substring(equals + 1));
            if (equals < 0
                    || name.filter(one -> !NO_NAME.matcher(one).find()).isEmpty()
                    || value.filter(one -> !one.isEmpty()
                                    && !DECODED_AGAIN.matcher(one).find())
                            .isEmpty()) {
                return Optional.empty();
            }
            List<String> values = byName.computeIfAbsent(name.get(), _ -> new ArrayList<>());
            values.add(value.get());
            if (values.size() > 1 && !name.get().endsWith(LIST)) {
                return Optional.empty();
            }
        }
        return byName.keySet().stream().anyMatch(name -> byName.containsKey(name + LIST))
                ? Optional.empty()
                : Optional.of(written(byName));
    }

    private static String written(Map<String, List<String>> byName) {
        Map<String, String> values = new TreeMap<>(BY_CODE_POINT);
        byName.forEach((name, all) -> {
            boolean list = name.endsWith(LIST);
            values.put(
                    list ? name.substring(0, name.length() - LIST.length()) : name,
                    list ? json(all) : Coded.json(all.getFirst()));
        });
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String json(List<String> all) {
        return all.stream().map(Coded::json).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Plus signs are blanks. Empty where what is there is no encoding of text.
    private static Optional<String> decoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                out.write(high << 4 | low);
                i += 2;
            } else if (one < '!' || one > '~') {
                return Optional.empty();
            } else {
                out.write(one == '+' ? ' ' : one);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
