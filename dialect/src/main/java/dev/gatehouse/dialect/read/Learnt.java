package dev.gatehouse.dialect.read;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.dialect.json.JsonText;
import dev.gatehouse.dialect.model.Learning;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a reply of the provider's API tells. A reply that is no JSON object tells nothing.
public final class Learnt {
    /// The largest reply that is read, in bytes.
    public static final int MAX_BYTES = JsonText.MAX_REPLY_BYTES;

    private Learnt() {}

    /// The names of the customers that a reply names, in its order.
    public static Set<String> customers(Learning learning, Bytes reply) {
        byte[] bytes = reply.toArray();
        Set<String> names = new LinkedHashSet<>();
        Encoded.utf8(bytes, bytes.length)
                .flatMap(JsonText::reply)
                .ifPresent(members -> learning.customers().forEach(path -> collect(members, path, names)));
        return names;
    }

    private static void collect(Object at, List<String> path, Set<String> names) {
        switch (at) {
            case List<?> items -> items.forEach(item -> collect(item, path, names));
            case Map<?, ?> members
            when !path.isEmpty() -> {
                Object next = members.get(path.getFirst());
                if (next != null) {
                    collect(next, path.subList(1, path.size()), names);
                }
            }
            case String text when path.isEmpty() && !text.isEmpty() -> names.add(text);
            case JsonText.Numeral(String digits) when path.isEmpty() -> names.add(digits);
            default -> {}
        }
    }
}
