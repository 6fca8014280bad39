package dev.gatehouse.connect.platform;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A word of the catalogue's vocabulary.
public interface Word {
    /// How files spell it.
    String word();

    /// The constant that a text spells.
    static <W extends Enum<W> & Word> Optional<W> find(Class<W> kind, String text) {
        return Stream.of(kind.getEnumConstants())
                .filter(one -> one.word().equals(text))
                .findFirst();
    }

    /// Every spelling.
    static <W extends Enum<W> & Word> List<String> all(Class<W> kind) {
        return Stream.of(kind.getEnumConstants()).map(Word::word).toList();
    }
}
