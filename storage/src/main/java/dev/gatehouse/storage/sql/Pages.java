package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Pages of rows below one owner, by id.
final class Pages {
    private static final int MAX = 1000;

    private Pages() {}

    static <T> Page<T> read(
            Db db,
            String table,
            String columns,
            String owner,
            Id ownerId,
            Optional<Id> after,
            int limit,
            Function<Row, T> reader) {
        int size = size(limit);
        List<T> found = db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + columns + " FROM " + table + " WHERE " + owner
                                + " = ? AND id > ? ORDER BY id LIMIT ?",
                        reader,
                        Ids.of(ownerId),
                        Ids.after(after),
                        size + 1L));
        boolean more = found.size() > size;
        return new Page<>(List.copyOf(more ? found.subList(0, size) : found), more);
    }

    static int size(int limit) {
        return Math.clamp(limit, 1, MAX);
    }
}
