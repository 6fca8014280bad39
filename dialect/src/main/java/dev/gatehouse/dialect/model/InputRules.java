package dev.gatehouse.dialect.model;

import java.util.List;
import java.util.Map;

/// What an endpoint says of the inputs that it takes.
///
/// @param words what an input may be, where it may not be everything; each text of a list has to be one of these
/// @param otherwise what an input is where nothing was sent
/// @param apart of each of these no two stand in one request: inputs, or words of one
public record InputRules(Map<Input, List<String>> words, Map<Input, String> otherwise, List<List<String>> apart) {
    /// Nothing is said.
    public static final InputRules NONE = new InputRules(Map.of(), Map.of(), List.of());

    /// Keeps copies.
    public InputRules {
        words = Map.copyOf(words);
        otherwise = Map.copyOf(otherwise);
        apart = List.copyOf(apart);
    }
}
