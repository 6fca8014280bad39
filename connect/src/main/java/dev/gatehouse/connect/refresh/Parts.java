package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parts of one credential, by the names of the platform's fields. Prints nothing of them.
public final class Parts {
    private static final byte FORMAT = 1;

    private final Map<String, Secret> byName;

    private Parts(Map<String, Secret> byName) {
        this.byName = Map.copyOf(byName);
    }

    /// These parts.
    public static Parts of(Map<String, String> values) {
        Map<String, Secret> byName = new HashMap<>();
        values.forEach((name, value) -> byName.put(name, Secret.of(value)));
        return new Parts(byName);
    }

    /// One of them.
    public Optional<Secret> part(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// The values themselves, for putting them where they go.
    public Map<String, String> reveal() {
        Map<String, String> values = new TreeMap<>();
        byName.forEach((name, value) -> values.put(name, value.reveal()));
        return values;
    }

    /// These with others in their places.
    public Parts with(Map<String, String> others) {
        Map<String, String> values = reveal();
        values.putAll(others);
        return of(values);
    }

    /// A format byte, then names and values by turns, each with its length before it.
    public byte[] bytes() {
        List<byte[]> fields = reveal().entrySet().stream()
                .flatMap(entry -> List.of(utf8(entry.getKey()), utf8(entry.getValue())).stream())
                .toList();
        int length = 1
                + fields.stream()
                        .mapToInt(field -> Integer.BYTES + field.length)
                        .sum();
        ByteBuffer out = ByteBuffer.allocate(length).put(FORMAT);
        fields.forEach(field -> out.putInt(field.length).put(field));
        return out.array();
    }

    /// Reads what [#bytes()] made.
    ///
    /// @throws IllegalStateException when it is anything else, which what was encrypted never is
    public static Parts read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != FORMAT) {
            throw new IllegalStateException("a credential has another format");
        }
        Map<String, String> values = new HashMap<>();
        while (in.hasRemaining()) {
            values.put(text(in), text(in));
        }
        return of(values);
    }

    private static String text(ByteBuffer in) {
        byte[] field = new byte[in.getInt()];
        in.get(field);
        return new String(field, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return byName.keySet().toString();
    }
}
