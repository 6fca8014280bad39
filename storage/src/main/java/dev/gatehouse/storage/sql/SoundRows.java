package dev.gatehouse.storage.sql;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Lists without the rows that say nothing this release understands: altered behind our back, or written by a
/// later release. Whoever such a row is about is refused; all others are served.
final class SoundRows {
    private static final System.Logger LOG = System.getLogger(SoundRows.class.getName());

    private SoundRows() {}

    /// The rows that can be read; the others are logged.
    ///
    /// @param sql selects a column `id`
    static <T> List<T> list(Session session, String table, String sql, Function<Row, T> reader, Object... parameters) {
        return session.list(sql, row -> read(table, row, reader), parameters).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> Optional<T> read(String table, Row row, Function<Row, T> reader) {
        try {
            return Optional.of(reader.apply(row));
        } catch (FactsUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "row " + row.maybeNumber("id").map(String::valueOf).orElse("?") + " of the table " + table
                            + " cannot be read and is left out",
                    e);
            return Optional.empty();
        }
    }
}
