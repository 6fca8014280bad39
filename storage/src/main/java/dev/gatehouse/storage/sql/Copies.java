package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rows of copies of secrets, which come and go with what they are of.
final class Copies {
    static final String ALL = "credential, organization, api, kind, sealed";

    private static final String BELOW = """
            DELETE FROM secret_copy WHERE organization IN (
                WITH RECURSIVE below (id) AS (
                    SELECT id FROM organization WHERE id = ?
                    UNION ALL
                    SELECT one.id FROM below JOIN organization one ON one.parent = below.id)
                SELECT id FROM below)""";

    private Copies() {}

    /// Why a copy is not kept: its Api has stopped to keep secrets of this kind. Otherwise the Api goes on with
    /// it until the unit is done: whoever takes that back comes before, and is seen here, or after, and finds the
    /// copy.
    static <T> Optional<Stored<T>> unkept(Session session, Optional<SecretCopy> copy) {
        return copy.filter(one -> session.one(
                                "UPDATE api SET version = version WHERE id = ? RETURNING reveal",
                                row -> RevealColumn.read(row.text("reveal")),
                                Ids.of(one.api()))
                        .filter(kinds -> kinds.contains(one.kind()))
                        .isEmpty())
                .map(_ -> new Stored.Conflict<>("its Api has just stopped to keep secrets of this kind"));
    }

    /// Adds a credential, and its copy where its Api keeps that.
    static Stored<Credential> added(Transaction transaction, NewCredential fresh) {
        return Copies.<Credential>unkept(transaction.session(), fresh.copy()).orElseGet(() -> {
            Stored<Credential> added = SqlMembers.added(transaction, fresh.credential());
            if (added instanceof Stored.Done<Credential>) {
                add(transaction.session(), fresh.copy());
            }
            return added;
        });
    }

    /// Stores a copy that is kept.
    static void add(Session session, Optional<SecretCopy> copy) {
        copy.ifPresent(one -> Insert.into(
                session,
                "secret_copy",
                ALL,
                List.of(
                        Ids.of(one.credential()),
                        Ids.of(one.organization()),
                        Ids.of(one.api()),
                        one.kind().wire(),
                        one.sealed().bytes())));
    }

    /// Ends those of a member that is revoked, and of everything below it.
    static void endOf(Session session, Id member) {
        switch (member.kind()) {
            case CREDENTIAL -> session.update("DELETE FROM secret_copy WHERE credential = ?", Ids.of(member));
            case APPLICATION -> endOfHolders(session, "application = ?", member);
            case MEMBERSHIP -> endOfHolders(session, "membership = ?", member);
            case USER -> endOfHolders(session, "membership IN (SELECT id FROM membership WHERE person = ?)", member);
            case ORGANIZATION -> session.update(BELOW, Ids.of(member));
            case CUSTOMER,
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
                    NODE -> {}
        }
    }

    private static void endOfHolders(Session session, String whose, Id holder) {
        session.update(
                "DELETE FROM secret_copy WHERE credential IN (SELECT id FROM credential WHERE " + whose + ")",
                Ids.of(holder));
    }

    /// Ends those that an Api keeps no more.
    ///
    /// @param kept the kinds that it still keeps secrets of
    static void endOfApi(Session session, Id api, Set<CredentialKind> kept) {
        Stream<Object> words = kept.stream().map(CredentialKind::wire);
        session.update(
                "DELETE FROM secret_copy WHERE api = ?" + " AND kind <> ?".repeat(kept.size()),
                Stream.concat(Stream.of(Ids.of(api)), words).toArray());
    }
}
