package dev.gatehouse.storage;

import dev.gatehouse.core.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// What a look at a database found that changes nothing in it: for whoever wants to know whether a node would
/// start.
public sealed interface Probe {
    /// Nothing is there yet; a first start makes it.
    record Absent() implements Probe {}

    /// A running node has it, so it was not opened.
    record InUse() implements Probe {}

    /// It answers.
    ///
    /// @param server name and version of the database
    /// @param schema version of the newest migration; 0 before a first start
    /// @param known version of the newest migration of this release
    /// @param ahead how far its clock is ahead of ours
    /// @param writable whether it takes changes: a standby does not
    record Answers(String server, int schema, int known, Duration ahead, boolean writable) implements Probe {}

    /// It cannot be used.
    record Broken(String why) implements Probe {}

    /// Looks at the embedded database of a folder.
    static Probe sqlite(Path folder) {
        return Look.sqlite(folder);
    }

    /// Looks at a database on a PostgreSQL server.
    static Probe postgresql(String url, String user, Secret password, InstantSource clock) {
        return Look.postgresql(url, user, password, clock);
    }
}
