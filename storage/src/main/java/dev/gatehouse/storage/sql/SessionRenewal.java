package dev.gatehouse.storage.sql;

import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import java.util.Optional;

/// A login that was proven again, in SQL: one conditional write. The string of before stands in no row from
/// then on, and whatever key opened the login has opened it no more.
final class SessionRenewal {
    private SessionRenewal() {}

    /// What applications were told of it ends with it, whenever that is now.
    static Stored<Session> run(Transaction transaction, Session before, Session after, Digest digest) {
        Optional<Session> renewed = renewed(transaction, before, after, digest);
        renewed.ifPresent(session -> {
            LogoutNotices.handOver(transaction.session(), session.id(), session.id());
            transaction.changed(session.id());
            transaction.audit(
                    "session.renew",
                    Optional.of(session.lineage().organization()),
                    session.id(),
                    SqlSessions.opened(session));
        });
        return renewed.<Stored<Session>>map(Stored.Done::new).orElseGet(Stored.Missing::new);
    }

    /// Empty when it has ended, or was proven again since it was read.
    private static Optional<Session> renewed(Transaction transaction, Session before, Session after, Digest digest) {
        dev.gatehouse.storage.db.Session sql = transaction.session();
        Lineage lineage = after.lineage();
        Generations generations = lineage.generations();
        return sql.one(
                "UPDATE login_session SET credential = ?, credential_generation = ?, member_generation = ?,"
                        + " organizations_generation = ?, opened_at = ?, ends_at = ?, idle = ?, seen_at = ?,"
                        + " dies_at = ?, methods = ?, passkey = NULL, pepper = ?, digest = ?"
                        + " WHERE id = ? AND NOT ended AND NOT single AND dies_at > ? AND opened_at = ?"
                        + " AND person = ? AND membership = ? AND organization = ? RETURNING " + SessionColumns.ALL,
                SessionColumns::session,
                Ids.of(lineage.credential()),
                generations.credential(),
                generations.member(),
                generations.organizations(),
                Micros.of(after.openedAt()),
                Micros.of(after.endsAt()),
                after.idle().toNanos() / 1_000,
                Micros.of(after.seenAt()),
                Micros.of(after.diesAt()),
                String.join(" ", after.methods()),
                (long) digest.pepper(),
                digest.bytes(),
                Ids.of(before.id()),
                Micros.of(transaction.act().at()),
                Micros.of(before.openedAt()),
                Ids.of(after.user()),
                Ids.of(lineage.member()),
                Ids.of(lineage.organization()));
    }
}
