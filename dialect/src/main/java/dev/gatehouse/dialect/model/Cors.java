package dev.gatehouse.dialect.model;

import java.util.List;

/// What browsers are told about pages of other origins. Which origins those are is data of the Api, never of a
/// file.
///
/// @param headers that such a page may send
/// @param exposed headers of replies that such a page may read
public record Cors(List<String> headers, List<String> exposed) {
    /// Keeps copies.
    public Cors {
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }
}
