package dev.gatehouse.dialect.model;

import java.util.List;

/// Where one kind of input is carried on any request of the Api.
///
/// @param sources it may be in any one of these; in two at once it is refused
public record Carrier(Input input, List<Source> sources) {
    /// Keeps a copy.
    public Carrier {
        sources = List.copyOf(sources);
    }
}
