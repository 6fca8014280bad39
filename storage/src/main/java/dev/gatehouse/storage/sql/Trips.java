package dev.gatehouse.storage.sql;

import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Browsers on their way to an identity provider and back.
final class Trips {
    private final Db db;
    private final Sweep sweep;

    Trips(Db db) {
        this.db = db;
        this.sweep = new Sweep(db.engine(), "identity_trip", "digest", "dies_at");
    }

    boolean begin(Trip trip) {
        return db.write(Lane.DATA, session -> {
            sweep.run(session, trip.beganAt(), IdentityStore.SWEPT);
            session.update(
                    "DELETE FROM identity_trip WHERE person = ? AND digest IN (SELECT digest FROM identity_trip"
                            + " WHERE person = ? ORDER BY began_at DESC, digest LIMIT ? OFFSET ?)",
                    Ids.of(trip.user()),
                    Ids.of(trip.user()),
                    (long) IdentityStore.SWEPT,
                    IdentityStore.MAX_TRIPS - 1L);
            List<Object> values = IdentityColumns.trip(trip);
            String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
            return session.update(
                            "INSERT INTO identity_trip (" + IdentityColumns.TRIP + ") VALUES (" + marks
                                    + ") ON CONFLICT DO NOTHING",
                            values.toArray())
                    == 1;
        });
    }

    Optional<Trip> take(List<Digest> ticket, Step step, Instant now) {
        List<Object> digests = IdentityColumns.digests(ticket);
        return db.write(
                Lane.DATA,
                session -> session.one(
                        "DELETE FROM identity_trip WHERE digest IN " + Ids.in(digests.size())
                                + " AND step = ? AND dies_at > ? RETURNING " + IdentityColumns.TRIP,
                        IdentityColumns::trip,
                        Ids.padded(digests, IdentityColumns.word(step), Micros.of(now))));
    }
}
