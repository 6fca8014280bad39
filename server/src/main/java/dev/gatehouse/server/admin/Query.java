package dev.gatehouse.server.admin;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The query of a request: only parameters that the operation takes, each at most once.
record Query(Map<String, String> parameters) {
    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    /// Values may be percent-encoded (RFC 3986 section 2.1); names are as they are.
    static Got<Query> read(Optional<String> raw, Set<String> taken) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw.isPresent() && !raw.get().isEmpty()) {
            for (String pair : raw.get().split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!taken.contains(name)) {
                    return wrong(
                            "query", "takes " + (taken.isEmpty() ? "nothing" : String.join(", ", taken)) + " here");
                }
                Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
                if (value.isEmpty()) {
                    return wrong(name, "percent-encoded UTF-8");
                }
                if (parameters.putIfAbsent(name, value.get()) != null) {
                    return wrong(name, "is there twice");
                }
            }
        }
        return Got.of(new Query(parameters));
    }

    /// Empty when it is not percent-encoded UTF-8. A plus sign is a plus sign.
    private static Optional<String> decoded(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                if (i + 2 >= value.length()
                        || !HexFormat.isHexDigit(value.charAt(i + 1))
                        || !HexFormat.isHexDigit(value.charAt(i + 2))) {
                    return Optional.empty();
                }
                bytes.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    Got<Integer> limit() {
        String text = parameters.getOrDefault("limit", Integer.toString(DEFAULT_LIMIT));
        return text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MAX_LIMIT
                ? Got.of(Integer.parseInt(text))
                : wrong("limit", "a whole number from 1 to " + MAX_LIMIT);
    }

    /// Which part of a list of nouns with ids of this kind: `limit`, then `after` (the `next` of the page before)
    /// or `page` (from 1), `name`, `count`.
    Got<Slice> slice(Kind kind) {
        return limit().then(limit -> after(kind)
                .then(after -> skip(limit)
                        .then(skip -> name().then(name ->
                                counted().map(counted -> new Slice(after, skip, limit, name, counted))))));
    }

    private Got<Optional<Id>> after(Kind kind) {
        Optional<String> text = parameter("after");
        Optional<Id> after = text.flatMap(id -> Id.parse(kind, id));
        return text.isPresent() && after.isEmpty() ? wrong("after", "the `next` of the page before") : Got.of(after);
    }

    private Got<Integer> skip(int limit) {
        int last = Slice.MAX_SKIP / limit + 1;
        String text = parameters.getOrDefault("page", "1");
        if (parameter("page").isPresent() && parameter("after").isPresent()) {
            return wrong("page", "not together with `after`");
        }
        return text.matches("[1-9][0-9]{0,5}") && Integer.parseInt(text) <= last
                ? Got.of((Integer.parseInt(text) - 1) * limit)
                : wrong("page", "a whole number from 1 to " + last + " with this `limit`; go further with `after`");
    }

    private Got<Optional<String>> name() {
        Optional<String> name = parameter("name");
        return name.filter(text -> !Types.named(text)).isPresent() ? wrong("name", Types.NAME.allowed()) : Got.of(name);
    }

    private Got<Boolean> counted() {
        String text = parameters.getOrDefault("count", "false");
        return text.equals("true") || text.equals("false")
                ? Got.of(text.equals("true"))
                : wrong("count", "true or false");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static <T> Got<T> wrong(String name, String allowed) {
        return Got.no(new Problem.InvalidParameter(name, allowed));
    }
}
