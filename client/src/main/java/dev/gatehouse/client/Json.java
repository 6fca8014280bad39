package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value (RFC 8259). The SDK uses the JDK alone, so it has a small strict reader and writer of its own.
public sealed interface Json {
    /// An object; members keep their order.
    record Obj(Map<String, Json> members) implements Json {
        /// An object without members.
        public static final Obj EMPTY = new Obj(Map.of());

        /// Keeps a copy in the same order.
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /// The member, unless it is missing or null.
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
        }

        /// The text of a member; empty when it is missing or not a string.
        public Optional<String> text(String name) {
            return get(name).flatMap(value -> value instanceof Str(String text) ? Optional.of(text) : Optional.empty());
        }

        /// The whole number of a member; empty when it is missing or not one.
        public Optional<Long> whole(String name) {
            return get(name)
                    .flatMap(value -> value instanceof Num(String digits) && digits.matches("-?[0-9]{1,18}")
                            ? Optional.of(Long.parseLong(digits))
                            : Optional.empty());
        }

        /// The items of a member; none when it is missing or not an array.
        public List<Json> items(String name) {
            return get(name)
                    .map(value -> value instanceof Arr(List<Json> items) ? items : List.<Json>of())
                    .orElse(List.of());
        }

        /// The same object with one more member, or another value of it.
        public Obj with(String name, Json value) {
            Map<String, Json> more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Obj(more);
        }

        /// The same object without a member.
        public Obj without(String name) {
            Map<String, Json> fewer = new LinkedHashMap<>(members);
            fewer.remove(name);
            return new Obj(fewer);
        }

        /// The same object with one more member of text.
        public Obj with(String name, String value) {
            return with(name, new Str(value));
        }
    }

    /// An array.
    record Arr(List<Json> items) implements Json {
        /// Keeps a copy.
        public Arr {
            items = List.copyOf(items);
        }
    }

    /// A string.
    record Str(String text) implements Json {}

    /// A number, as it was written.
    record Num(String digits) implements Json {}

    /// `true` or `false`.
    record Bool(boolean value) implements Json {}

    /// `null`.
    record Null() implements Json {}

    /// A whole number.
    static Num of(long value) {
        return new Num(Long.toString(value));
    }

    /// An array of strings.
    static Arr strings(Iterable<String> texts) {
        List<Json> items = new ArrayList<>();
        texts.forEach(text -> items.add(new Str(text)));
        return new Arr(items);
    }

    /// Reads one value and nothing after it.
    ///
    /// @throws JsonException when the text is not JSON, repeats a member name, or is nested deeper than 64
    static Json parse(String text) {
        return new JsonReader(text).document();
    }

    /// The value in one line, without spaces.
    default String compact() {
        return JsonWriter.compact(this);
    }

    /// The value over several lines, for people.
    default String pretty() {
        return JsonWriter.pretty(this);
    }
}
