package dev.gatehouse.server.admin;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One member of a noun: its name, its type, and how it is shown.
///
/// @param <N> the noun
/// @param always whether it is shown of every such noun to everybody
/// @param out its value, absent where it is not shown
record Attribute<N, V>(String name, Type<V> type, boolean always, BiFunction<N, View, Optional<V>> out) {
    /// Shown where there is a value.
    Attribute(String name, Type<V> type, BiFunction<N, View, Optional<V>> out) {
        this(name, type, false, out);
    }

    /// Always shown.
    static <N, V> Attribute<N, V> of(String name, Type<V> type, Function<N, V> out) {
        return new Attribute<>(name, type, true, (noun, _) -> Optional.of(out.apply(noun)));
    }

    /// Always shown, of what else the caller sees.
    static <N, V> Attribute<N, V> viewed(String name, Type<V> type, BiFunction<N, View, V> out) {
        return new Attribute<>(name, type, true, (noun, view) -> Optional.of(out.apply(noun, view)));
    }

    /// Shown when there.
    static <N, V> Attribute<N, V> optional(String name, Type<V> type, Function<N, Optional<V>> out) {
        return new Attribute<>(name, type, (noun, _) -> out.apply(noun));
    }

    /// Taken, never shown.
    static <V> Attribute<Void, V> in(String name, Type<V> type) {
        return new Attribute<>(name, type, (_, _) -> Optional.empty());
    }

    Optional<Object> show(N noun, View view) {
        return out.apply(noun, view).map(type::write);
    }
}
