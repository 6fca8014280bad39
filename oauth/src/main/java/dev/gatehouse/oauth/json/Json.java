package dev.gatehouse.oauth.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value as it was read.
public sealed interface Json {
    /// A string.
    record Text(String value) implements Json {}

    /// A number that is written as an integer and fits 64 bits.
    record Whole(long value) implements Json {}

    /// Any other number: fractions, exponents, `-0`, and integers past 64 bits. Nothing of ours uses one.
    record OtherNumber(String spelling) implements Json {}

    /// `true` or `false`.
    record Bool(boolean value) implements Json {}

    /// `null`.
    record Null() implements Json {}

    /// An array.
    record Items(List<Json> values) implements Json {}

    /// An object; no name is in it twice.
    record Members(Map<String, Json> byName) implements Json {
        /// The member of this name when it is a string.
        public Optional<String> text(String name) {
            return Optional.ofNullable(byName.get(name))
                    .filter(Text.class::isInstance)
                    .map(value -> ((Text) value).value());
        }

        /// The member of this name when it is an integer of 64 bits.
        public Optional<Long> whole(String name) {
            return Optional.ofNullable(byName.get(name))
                    .filter(Whole.class::isInstance)
                    .map(value -> ((Whole) value).value());
        }

        /// The member of this name when it is an object.
        public Optional<Members> object(String name) {
            return Optional.ofNullable(byName.get(name))
                    .filter(Members.class::isInstance)
                    .map(Members.class::cast);
        }

        /// The member of this name when it is a string, or an array of just one.
        public Optional<String> single(String name) {
            return byName.get(name) instanceof Items(List<Json> values)
                            && values.size() == 1
                            && values.getFirst() instanceof Text(String value)
                    ? Optional.of(value)
                    : text(name);
        }

        /// The member of this name when it is an array of objects.
        public Optional<List<Members>> objects(String name) {
            if (!(byName.get(name) instanceof Items(List<Json> values))
                    || !values.stream().allMatch(Members.class::isInstance)) {
                return Optional.empty();
            }
            return Optional.of(values.stream().map(Members.class::cast).toList());
        }
    }
}
