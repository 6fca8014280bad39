package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.db.Stored64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Ids as columns and parameters.
final class Ids {
    /// The most values of a list after `IN`.
    static final int WIDEST = 64;

    private Ids() {}

    static long of(Id id) {
        return Stored64.of(id.value());
    }

    static Object of(Optional<Id> id) {
        return Session.number(id.map(Ids::of));
    }

    static Id read(Row row, String column, Kind kind) {
        return new Id(kind, Stored64.read(row.number(column)));
    }

    static Optional<Id> maybe(Row row, String column, Kind kind) {
        return row.maybeNumber(column).map(stored -> new Id(kind, Stored64.read(stored)));
    }

    /// The parameter of `id > ?` for a page. Without an id it is the smallest stored number, which is the id
    /// zero that is never drawn.
    static long after(Optional<Id> after) {
        return after.map(Ids::of).orElse(Long.MIN_VALUE);
    }

    static Id parse(Kind kind, String text) {
        return Id.parse(kind, text).orElseThrow(() -> new IllegalStateException("a stored id is not one"));
    }

    /// The parameters of [#in(int)].
    static Object[] list(Collection<Id> ids) {
        return padded(ids.stream().<Object>map(Ids::of).toList());
    }

    /// Values padded with the last one to the next power of two, so that there are few statement texts.
    static Object[] padded(List<Object> values) {
        if (values.isEmpty() || values.size() > WIDEST) {
            throw new IllegalArgumentException("from 1 to " + WIDEST + " values a query");
        }
        int width = width(values.size());
        return Stream.concat(values.stream(), Collections.nCopies(width - values.size(), values.getLast()).stream())
                .toArray();
    }

    /// The same, and the parameters after them.
    static Object[] padded(List<Object> values, Object... more) {
        return Stream.concat(Stream.of(padded(values)), Stream.of(more)).toArray();
    }

    /// The list after `IN` for this many values, a listed exception to one statement text only in its length.
    static String in(int values) {
        return "(" + String.join(", ", Collections.nCopies(width(values), "?")) + ")";
    }

    private static int width(int values) {
        int highest = Integer.highestOneBit(values);
        return highest == values ? values : highest << 1;
    }
}
