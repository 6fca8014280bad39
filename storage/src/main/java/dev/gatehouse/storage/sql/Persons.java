package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// The rows of people as locks: what is opened and ended in somebody's name goes one after the other. Locks are
/// taken in this order: person, session, grants.
final class Persons {
    /// Somebody whose row is locked until the end of the transaction.
    record Locked(Id home, boolean revoked) {}

    private Persons() {}

    /// Waits for all others; empty when there is nobody of this id.
    static Optional<Locked> locked(Session session, Id user) {
        return session.one(
                "UPDATE person SET memberships = memberships WHERE id = ? RETURNING organization, revoked",
                row -> new Locked(Ids.read(row, "organization", Kind.ORGANIZATION), row.flag("revoked")),
                Ids.of(user));
    }
}
