package dev.gatehouse.storage.sql;

import dev.gatehouse.core.net.OriginPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Patterns of origins as lines of a column.
final class OriginsColumn {
    private OriginsColumn() {}

    static String text(Collection<OriginPattern> patterns) {
        Fields out = new Fields();
        patterns.forEach(pattern -> out.line(pattern.text()));
        return out.text();
    }

    static List<OriginPattern> read(String column) {
        List<OriginPattern> patterns = new ArrayList<>();
        for (List<String> line : Fields.read(column, 1)) {
            patterns.add(OriginPattern.parse(line.getFirst())
                    .orElseThrow(() -> new IllegalStateException("a stored pattern of origins is not one")));
        }
        return List.copyOf(patterns);
    }
}
