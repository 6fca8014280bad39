package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.NewCredential;
import dev.gatehouse.core.store.SecretCopy;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rows of copies of secrets. A copy belongs to one time in which its Api keeps secrets of its kind: it is over
/// with that time, whoever deletes it then.
final class Copies {
    static final String ALL = "credential, organization, api, kind, sealed";

    private Copies() {}

    /// Says which kinds an Api keeps secrets of from this version on. A kind that it has kept already goes on with
    /// the copies that there are; one that is said anew begins without any.
    static void keeps(Session session, Id api, Set<CredentialKind> kinds, long version) {
        List<String> words = kinds.stream().map(CredentialKind::wire).sorted().toList();
        session.update(
                "DELETE FROM api_reveal WHERE api = ?" + " AND kind <> ?".repeat(words.size()),
                Stream.concat(Stream.of(Ids.of(api)), words.stream()).toArray());
        words.forEach(
                kind -> Insert.into(session, "api_reveal", "api, kind, since", List.of(Ids.of(api), kind, version)));
    }

    /// Adds a credential, and its copy where its Api keeps that.
    static Stored<Credential> added(Transaction transaction, NewCredential fresh) {
        Stored<Credential> added = Additions.credential(transaction, fresh.credential());
        if (added instanceof Stored.Done<Credential>) {
            add(transaction.session(), fresh.copy());
        }
        return added;
    }

    /// Stores a copy, unless its Api has just stopped to keep secrets of this kind. Whoever takes that back at the
    /// same time ends what is stored here.
    static void add(Session session, Optional<SecretCopy> copy) {
        copy.ifPresent(one -> session.one(
                        "SELECT since FROM api_reveal WHERE api = ? AND kind = ?",
                        row -> row.number("since"),
                        Ids.of(one.api()),
                        one.kind().wire())
                .ifPresent(since -> Insert.into(
                        session,
                        "secret_copy",
                        ALL + ", since",
                        List.of(
                                Ids.of(one.credential()),
                                Ids.of(one.organization()),
                                Ids.of(one.api()),
                                one.kind().wire(),
                                one.sealed().bytes(),
                                since))));
    }

    /// Deletes that of a credential which has left the Api that keeps it: it is told no more, even if it comes
    /// back.
    static void replaced(Session session, Id credential) {
        if (LivingCopies.of(session, List.of(credential)).isEmpty()) {
            endOf(session, credential);
        }
    }

    /// Deletes that of a credential.
    static void endOf(Session session, Id credential) {
        session.update("DELETE FROM secret_copy WHERE credential = ?", Ids.of(credential));
    }

    static SecretCopy read(Row row) {
        return new SecretCopy(
                Ids.read(row, "credential", Kind.CREDENTIAL),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.read(row, "api", Kind.API),
                CredentialColumns.kind(row.text("kind")),
                Encrypted.of(row.bytes("sealed")));
    }
}
