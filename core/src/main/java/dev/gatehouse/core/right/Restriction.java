package dev.gatehouse.core.right;

import java.util.List;
import java.util.function.Predicate;

/// A limit on where or for what something may be used: none at all, or a list that is never empty. A separate
/// type from rights, whose empty set means nothing.
public sealed interface Restriction<T> {
    /// No limit.
    record Unrestricted<T>() implements Restriction<T> {}

    /// Only these.
    record Only<T>(List<T> values) implements Restriction<T> {
        /// Refuses an empty list: it would say neither "none" nor "all".
        public Only {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a restriction names at least one value");
            }
        }
    }

    /// No limit.
    static <T> Restriction<T> unrestricted() {
        return new Unrestricted<>();
    }

    /// A limit to these.
    static <T> Restriction<T> only(List<T> values) {
        return new Only<>(values);
    }

    /// Whether something passes: always without a limit, otherwise when one of the values admits it.
    default boolean admits(Predicate<T> one) {
        return switch (this) {
            case Unrestricted<T>() -> true;
            case Only<T>(List<T> values) -> values.stream().anyMatch(one);
        };
    }

    /// The values, empty when there is no limit; for showing and storing, never for deciding.
    default List<T> listed() {
        return switch (this) {
            case Unrestricted<T>() -> List.of();
            case Only<T>(List<T> values) -> values;
        };
    }

    /// The reverse of [#listed()].
    static <T> Restriction<T> ofListed(List<T> values) {
        return values.isEmpty() ? unrestricted() : only(values);
    }
}
