package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.Optional;

/// Who comes by an identity provider for the first time, and links.
final class Joins {
    /// Of links: that nobody has taken them back.
    static final String LIVE = "EXISTS (SELECT 1 FROM credential WHERE credential.id = identity_link.credential"
            + " AND NOT credential.revoked)";

    private Joins() {}

    /// The how manieth of this hour it is. The row stays locked, so that who comes at once is counted one by one.
    static Optional<Long> counted(Session session, IdentityProvider as, Instant now) {
        long hour = now.getEpochSecond() / 3600;
        return session.one(
                "UPDATE identity_provider SET joined = CASE WHEN joined_hour = ? THEN joined + 1 ELSE 1 END,"
                        + " joined_hour = ? WHERE id = ? AND active AND version = ? RETURNING joined",
                row -> row.number("joined"),
                hour,
                hour,
                Ids.of(as.id()),
                as.version());
    }

    static Stored<Link> joined(
            Transaction transaction, Link link, User user, Membership membership, Credential credential) {
        Stored<User> added = SqlUsers.added(transaction, user);
        if (!(added instanceof Stored.Done<User>)) {
            return added.map(_ -> link);
        }
        Stored<Membership> joined = SqlUsers.added(transaction, membership);
        return joined instanceof Stored.Done<Membership>
                ? linked(transaction, link, credential, "identity.join")
                : joined.map(_ -> link);
    }

    static Stored<Link> linked(Transaction transaction, Link link, Credential credential, String verb) {
        Session session = transaction.session();
        if (!Insert.credential(session, credential)
                || !Insert.into(session, "identity_link", IdentityColumns.LINK, IdentityColumns.link(link))) {
            return new Stored.Conflict<>("the account is linked, or the user has another one there");
        }
        transaction.changed(credential.id(), link.user());
        transaction.audit(
                verb,
                Optional.of(credential.organization()),
                link.user(),
                Detail.of("provider", link.provider()).with("credential", link.credential()));
        return new Stored.Done<>(link);
    }

    /// Asked under the lock of the user's row, so that of two ways that go at once one stays.
    static boolean getsIn(Session session, Id user) {
        return session.one(
                        "SELECT 1 AS one FROM person WHERE id = ? AND (EXISTS (SELECT 1 FROM credential"
                                + " WHERE credential.person = person.id AND kind = 'password' AND NOT revoked)"
                                + " OR EXISTS (SELECT 1 FROM identity_link JOIN identity_provider"
                                + " ON identity_provider.id = identity_link.provider"
                                + " WHERE identity_link.person = person.id AND identity_provider.active AND " + LIVE
                                + "))",
                        row -> row.number("one"),
                        Ids.of(user))
                .isPresent();
    }
}
