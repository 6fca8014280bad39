package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UserStore;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// Places for what is bounded: credentials at their holder, memberships at their user. Who holds them counts
/// them in its own row, so that of many that come at once none is too many.
final class Places {
    private Places() {}

    /// What holds credentials of this one's kind: table, and word in the audit trail.
    static String holding(Id holder) {
        return switch (holder.kind()) {
            case APPLICATION -> "application";
            case MEMBERSHIP -> "membership";
            case USER -> "user";
            case ORGANIZATION,
                    CREDENTIAL,
                    CUSTOMER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> throw new IllegalArgumentException("holds no credentials: " + holder);
        };
    }

    /// Takes places for credentials at the holder of this one, if that is there, stands and has as many.
    static boolean take(Session session, Credential credential, long places) {
        return credential.holder().kind() != Kind.USER
                && session.update(
                                "UPDATE " + holding(credential.holder()) + " SET credentials = credentials + ?"
                                        + " WHERE id = ? AND organization = ? AND NOT revoked AND credentials + ? <= ?",
                                places,
                                Ids.of(credential.holder()),
                                Ids.of(credential.organization()),
                                places,
                                (long) MemberStore.MAX_CREDENTIALS)
                        == 1;
    }

    /// Why there is none to take.
    static Stored<Credential> none(Session session, Credential credential) {
        if (credential.holder().kind() == Kind.USER) {
            return new Stored.Conflict<>("a user has a password and nothing else of its own");
        }
        Optional<Boolean> revoked = session.one(
                "SELECT revoked FROM " + holding(credential.holder()) + " WHERE id = ? AND organization = ?",
                row -> row.flag("revoked"),
                Ids.of(credential.holder()),
                Ids.of(credential.organization()));
        if (revoked.isEmpty()) {
            return new Stored.Missing<>();
        }
        return revoked.get()
                ? new Stored.Conflict<>("the " + holding(credential.holder()) + " is revoked")
                : new Stored.Full<>("at most " + MemberStore.MAX_CREDENTIALS + " credentials");
    }

    /// Takes a place for a membership of this user.
    static boolean take(Session session, Id user) {
        return session.update(
                        "UPDATE person SET memberships = memberships + 1"
                                + " WHERE id = ? AND NOT revoked AND memberships < ?",
                        Ids.of(user),
                        (long) UserStore.MAX_MEMBERSHIPS)
                == 1;
    }

    /// Gives the place of a revoked credential or membership back to what it is bounded by, which is named in the
    /// feed because its own facts name what is below.
    static Optional<Id> back(Session session, Id member) {
        return switch (member.kind()) {
            case CREDENTIAL ->
                session.one(
                                "SELECT application, person, membership FROM credential WHERE id = ?",
                                CredentialColumns::holder,
                                Ids.of(member))
                        .map(holder -> ofCredential(session, holder));
            case MEMBERSHIP ->
                session.one(
                                "SELECT person FROM membership WHERE id = ?",
                                row -> Ids.read(row, "person", Kind.USER),
                                Ids.of(member))
                        .map(user -> ofMembership(session, user));
            case ORGANIZATION,
                    APPLICATION,
                    CUSTOMER,
                    USER,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE -> Optional.empty();
        };
    }

    /// A user's one password takes no place.
    private static Id ofCredential(Session session, Id holder) {
        if (holder.kind() != Kind.USER) {
            session.update(
                    "UPDATE " + holding(holder) + " SET credentials = credentials - 1 WHERE id = ?", Ids.of(holder));
        }
        return holder;
    }

    private static Id ofMembership(Session session, Id user) {
        session.update("UPDATE person SET memberships = memberships - 1 WHERE id = ?", Ids.of(user));
        return user;
    }
}
