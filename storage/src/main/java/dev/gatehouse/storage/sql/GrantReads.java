package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.GrantStore.Asked;
import dev.gatehouse.core.store.GrantStore.Refreshable;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.Optional;

/// Grants that are looked at and left as they are.
final class GrantReads {
    private GrantReads() {}

    /// One that has refresh tokens and is not over.
    static Optional<Refreshable> refreshable(Session session, Id grant, Instant now) {
        return session.one(
                "SELECT number, dies_at, " + GrantColumns.ALL
                        + " FROM user_grant WHERE id = ? AND state = 'live' AND dies_at > ?",
                row -> new Refreshable(
                        GrantColumns.grant(row), row.number("number"), Micros.read(row.number("dies_at"))),
                Ids.of(grant),
                Micros.of(now));
    }

    /// The newest that was redeemed: what was burnt by somebody else's showing it is over when its code was to be.
    static Optional<Grant> living(Session session, Id user, Id application, Id api, Id login, Instant now) {
        return session.one(
                "SELECT dies_at, " + GrantColumns.ALL + " FROM user_grant WHERE person = ? AND application = ?"
                        + " AND state <> 'ended' AND state <> 'code' AND dies_at <> code_ends_at AND api = ?"
                        + " AND COALESCE(sid, session) = ? AND dies_at > ? ORDER BY issued_at DESC, id LIMIT 1",
                row -> GrantColumns.grant(row).ending(Micros.read(row.number("dies_at"))),
                Ids.of(user),
                Ids.of(application),
                Ids.of(api),
                Ids.of(login),
                Micros.of(now));
    }

    /// What a client asked to be told.
    static Optional<Asked> asked(Session session, Id grant) {
        return session.one(
                "SELECT asked FROM user_grant WHERE id = ?", row -> new Asked(row.maybeText("asked")), Ids.of(grant));
    }
}
