package dev.gatehouse.storage.db;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// A PostgreSQL server: one small pool for each lane, explicit time limits on every connection.
public final class PostgresDb implements Db {
    private final Map<Lane, PostgresLane> lanes = new EnumMap<>(Lane.class);

    private PostgresDb(PostgresAddress address, Bounds bounds) {
        for (Lane lane : Lane.values()) {
            lanes.put(lane, PostgresLane.open(lane, address, bounds));
        }
    }

    /// Brings the schema up to date and opens the pools. Migrations of several nodes at once are kept apart by
    /// Flyway's lock.
    ///
    /// @throws Refused when a newer release wrote it
    public static PostgresDb open(PostgresAddress address, Bounds bounds) {
        Schema.postgres(address).bring();
        return new PostgresDb(address, bounds);
    }

    /// Refuses a wall clock that is more than a minute off the server's.
    ///
    /// @throws Refused when it is
    public void requireClock(InstantSource clock) {
        WallClock.require(clock, this);
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public <T> T read(Lane lane, Work<T> work) {
        return lane(lane).read(work);
    }

    @Override
    public <T> T write(Lane lane, Isolation isolation, Work<T> work) {
        return lane(lane).write(isolation, work);
    }

    private PostgresLane lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }

    @Override
    public void close() {
        lanes.values().forEach(PostgresLane::close);
    }
}
