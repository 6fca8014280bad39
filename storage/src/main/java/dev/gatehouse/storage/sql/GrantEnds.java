package dev.gatehouse.storage.sql;

import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.List;

/// How grants end before their time: the row, and with it all that was issued; and with whose end.
final class GrantEnds {
    /// One that has ended now.
    ///
    /// @param renewed whether it had refresh tokens; without any its time is that of its code, or then that of
    ///     the one token that was issued on it, however long its row stays
    private record Ended(Grant grant, boolean renewed, Instant diesAt) {}

    private final SqlTokens dead;

    GrantEnds(SqlTokens dead) {
        this.dead = dead;
    }

    /// One of them; ended again nothing changes.
    void of(Transaction transaction, Grant grant) {
        var _ = ended(transaction, "id = ?", Ids.of(grant.id()));
    }

    /// What lives no longer than the login that it came of: what is not for the time when the user is away.
    void ofLogin(Transaction transaction, Id login) {
        var _ = ended(transaction, "session = ? AND NOT offline", Ids.of(login));
    }

    /// All of a user but what it gave in this login, what is for the time when the user is away, too.
    void ofOtherLogins(Transaction transaction, Id user, Id login) {
        var _ = ended(transaction, "person = ? AND session <> ?", Ids.of(user), Ids.of(login));
    }

    /// What would have ended with a login lives as long as another one of the same person from now on. Its
    /// application was told of the first.
    void handOver(Transaction transaction, Id login, Id to) {
        transaction
                .session()
                .update(
                        "UPDATE user_grant SET sid = COALESCE(sid, session), session = ?"
                                + " WHERE session = ? AND state <> 'ended'",
                        Ids.of(to),
                        Ids.of(login));
    }

    /// What is between a user and an application.
    int between(Transaction transaction, Id user, Id application) {
        return ended(transaction, "person = ? AND application = ?", Ids.of(user), Ids.of(application));
    }

    /// All of a user.
    int ofUser(Transaction transaction, Id user) {
        return ended(transaction, "person = ?", Ids.of(user));
    }

    /// Those between a user and an application that were not used for longest, all but so many. What is over by
    /// itself takes nobody's place.
    void longestUnused(Transaction transaction, Id user, Id application, int most) {
        var _ = ended(
                transaction,
                "id IN (SELECT id FROM user_grant WHERE person = ? AND application = ? AND state <> 'ended'"
                        + " AND dies_at > ? AND ends_at > ? ORDER BY rotated_at DESC, id DESC LIMIT 1000 OFFSET ?)",
                Ids.of(user),
                Ids.of(application),
                Micros.of(transaction.act().at()),
                Micros.of(transaction.act().at()),
                (long) most);
    }

    private int ended(Transaction transaction, String which, Object... parameters) {
        List<Ended> ended = transaction
                .session()
                .list(
                        "UPDATE user_grant SET state = 'ended' WHERE " + which
                                + " AND state <> 'ended' RETURNING number, dies_at, " + GrantColumns.ALL,
                        row -> new Ended(
                                GrantColumns.grant(row), row.number("number") > 0, Micros.read(row.number("dies_at"))),
                        parameters);
        Instant now = transaction.act().at();
        for (Ended one : ended) {
            Instant last =
                    one.renewed() ? now.plus(TokenPolicy.MAX_LIFE) : one.grant().within(one.diesAt());
            if (now.isBefore(last)) {
                dead.end(transaction, one.grant().until(last));
            }
        }
        return ended.size();
    }
}
