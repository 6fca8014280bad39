package dev.gatehouse.dialect.model;

import dev.gatehouse.core.api.PathPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shape that refusals have on some paths.
///
/// @param at the paths; the first family of the file that has one for the request answers
/// @param media the media type
public record ErrorFamily(
        String name, List<PathPattern> at, String media, Template.Members json, Map<RefusalClass, List<Row>> rows) {
    /// One kind of refusal.
    ///
    /// @param about only when it is about this input
    /// @param columns what the shape's substitutions of these names give
    public record Row(Optional<Input> about, int status, Map<String, Template> columns) {}

    /// The row for a class: its own about this input, its own, or its parent's.
    public Row row(RefusalClass refused, Optional<Input> about) {
        List<Row> own = rows.getOrDefault(refused, List.of());
        for (Row row : own) {
            if (row.about().isPresent() && row.about().equals(about)) {
                return row;
            }
        }
        for (Row row : own) {
            if (row.about().isEmpty()) {
                return row;
            }
        }
        return row(refused.parent().orElseThrow(), about);
    }
}
