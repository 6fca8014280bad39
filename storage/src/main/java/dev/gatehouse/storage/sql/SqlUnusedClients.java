package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UnusedClientStore;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;

/// When clients that registered themselves were last used, in SQL. Use and end of a client take the same row,
/// so that one waits for the other and then sees what came of it.
final class SqlUnusedClients implements UnusedClientStore {
    /// Nodes of releases before write no moment: then it is the one when the client registered.
    private static final String SINCE = "registered_client.used_at <= ?"
            + " AND (registered_client.used_at > 0 OR registered_client.taken_at <= ?)";

    private final Db db;
    private final Writes writes;

    SqlUnusedClients(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
    }

    @Override
    public boolean used(Id application, Instant now) {
        return db.write(Lane.DATA, session -> {
            session.update(
                    "UPDATE registered_client SET used_at = ? WHERE application = ? AND used_at < ?",
                    Micros.of(now),
                    Ids.of(application),
                    Micros.of(now));
            return !revoked(session, application);
        });
    }

    private static boolean revoked(Session session, Id application) {
        return session.one(
                        "SELECT revoked FROM application WHERE id = ?", row -> row.flag("revoked"), Ids.of(application))
                .orElse(false);
    }

    @Override
    public List<Id> unused(Id api, Instant before, int most) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT registered_client.application FROM registered_client"
                                + " JOIN application ON application.id = registered_client.application"
                                + " WHERE registered_client.api = ? AND " + SINCE
                                + " AND NOT application.revoked"
                                + " ORDER BY registered_client.used_at, registered_client.application LIMIT ?",
                        row -> Ids.read(row, "application", Kind.APPLICATION),
                        Ids.of(api),
                        Micros.of(before),
                        Micros.of(before),
                        (long) most));
    }

    /// All clients of an Api count as used when it begins to end them, in the transaction that says so.
    static void count(Session session, Api before, Api after, Instant now) {
        if (RegistrationPolicy.countsAnew(
                before.clients().registration(), after.clients().registration())) {
            session.update(
                    "UPDATE registered_client SET used_at = ? WHERE api = ? AND used_at < ?",
                    Micros.of(now),
                    Ids.of(after.id()),
                    Micros.of(now));
        }
    }

    @Override
    public Stored<Standing> expire(Id application, Instant before, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            int still = transaction
                    .session()
                    .update(
                            "UPDATE registered_client SET used_at = used_at WHERE application = ? AND " + SINCE,
                            Ids.of(application),
                            Micros.of(before),
                            Micros.of(before));
            return still == 1 ? Standings.revoke(transaction, application) : new Stored.Missing<>();
        });
    }
}
