package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A kind of list: rows below one owner, by id. An index serves each with a name and without, see
/// docs/storage.md.
///
/// @param owner the column that has the owner's id
/// @param named the column that has the name
record Pages<T>(String table, String columns, String owner, String named, Function<Row, T> reader) {
    /// Of rows whose name is in the column `name`.
    Pages(String table, String columns, String owner, Function<Row, T> reader) {
        this(table, columns, owner, "name", reader);
    }

    Page<T> read(Db db, Id whose, Slice slice) {
        String list = " FROM " + table + " WHERE " + owner + " = ?"
                + (slice.name().isPresent() ? " AND " + named + " = ?" : "");
        List<Object> key = new ArrayList<>(List.of(Ids.of(whose)));
        slice.name().ifPresent(key::add);
        return db.read(Lane.ADMIN, session -> {
            Page<T> page = Page.cut(items(session, list, key, slice), slice.limit());
            return slice.counted() ? page.of(length(session, list, key)) : page;
        });
    }

    private List<T> items(Session session, String list, List<Object> key, Slice slice) {
        List<Object> parameters = new ArrayList<>(key);
        parameters.addAll(List.of(Ids.after(slice.after()), slice.limit() + 1L, (long) slice.skip()));
        return session.list(
                "SELECT " + columns + list + " AND id > ? ORDER BY id LIMIT ? OFFSET ?", reader, parameters.toArray());
    }

    private static long length(Session session, String list, List<Object> key) {
        return session.one("SELECT COUNT(*) AS length" + list, row -> row.number("length"), key.toArray())
                .orElseThrow();
    }

    /// The longest page within the bounds that was asked for.
    static int size(int limit) {
        return Math.clamp(limit, 1, Slice.MAX_LIMIT);
    }
}
