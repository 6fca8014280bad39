package dev.gatehouse.storage.db;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The embedded database: WAL, `synchronous=FULL`, one writer thread with group commit, a few readers.
public final class SqliteDb implements Db {
    private final DataFolder folder;
    private final Bounds bounds;
    private final SqliteLane writer;
    private final SqliteLane verifications;
    private final SqliteLane management;

    private SqliteDb(DataFolder folder, Bounds bounds) {
        this.folder = folder;
        this.bounds = bounds;
        this.writer = SqliteLane.open("writer", connections(1, true), GroupCommit.MAX, new GroupCommit());
        this.verifications = SqliteLane.open("verify", connections(2, false), 1, SqliteLane::read);
        this.management = SqliteLane.open("admin", connections(1, false), 1, SqliteLane::read);
    }

    /// Takes the folder, brings its schema up to date and opens it.
    ///
    /// @throws Refused when another process has the folder, or a newer release wrote it
    public static SqliteDb open(Path folder, Bounds bounds) {
        DataFolder taken = DataFolder.take(folder);
        try {
            SqliteLibrary.load();
            Schema.sqlite(taken.file()).bring();
            return new SqliteDb(taken, bounds);
        } catch (RuntimeException | Error e) {
            taken.close();
            throw e;
        }
    }

    private List<SqliteConnection> connections(int count, boolean write) {
        return Stream.generate(() -> new SqliteConnection(folder.file(), write))
                .limit(count)
                .toList();
    }

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public <T> T read(Lane lane, Work<T> work) {
        SqliteLane readers = switch (lane) {
            case VERIFY, WHOLE, CALLS, BEAT -> verifications;
            case DATA, ADMIN -> management;
        };
        return readers.call(work, bounds.wait(lane), bounds.run());
    }

    @Override
    public <T> T write(Lane lane, Isolation isolation, Work<T> work) {
        return writer.call(work, bounds.wait(lane), bounds.run());
    }

    @Override
    public void close() {
        writer.close();
        verifications.close();
        management.close();
        folder.close();
    }
}
