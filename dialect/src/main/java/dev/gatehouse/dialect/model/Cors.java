package dev.gatehouse.dialect.model;

import java.util.List;

/// What browsers are told about pages of other origins. Which origins those are is data of the Api, never of a
/// file.
///
/// @param headers that such a page may send; it may read all of a reply
public record Cors(List<String> headers) {
    /// Keeps a copy.
    public Cors {
        headers = List.copyOf(headers);
    }
}
