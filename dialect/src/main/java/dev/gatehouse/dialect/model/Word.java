package dev.gatehouse.dialect.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One word of the vocabulary, as dialect files spell it and the reference explains it.
public interface Word {
    /// How files spell it.
    String word();

    /// What it stands for, in a sentence for the reference.
    String meaning();

    /// All words of one kind, in the order of the reference.
    static <W extends Enum<W> & Word> List<String> all(Class<W> kind) {
        return Arrays.stream(kind.getEnumConstants()).map(Word::word).toList();
    }

    /// The word that is spelt so.
    static <W extends Enum<W> & Word> Optional<W> find(Class<W> kind, String text) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(word -> word.word().equals(text))
                .findFirst();
    }
}
