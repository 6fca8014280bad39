package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.secret.SealedKey;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;

/// Keys that requests are signed with: the only credentials of applications that can be read again, by key custody.
final class SigningKeys {
    private SigningKeys() {}

    /// Why there is no room for another one at its application, whose row is locked by now.
    static Optional<Stored<Credential>> full(Session session, Credential credential) {
        if (credential.kind() != CredentialKind.SIGNING_KEY) {
            return Optional.empty();
        }
        long own = session.one(
                        "SELECT COUNT(*) AS keys FROM credential"
                                + " WHERE kind = 'signing_key' AND NOT revoked AND application = ?",
                        row -> row.number("keys"),
                        Ids.of(credential.holder()))
                .orElseThrow();
        return own >= MemberStore.MAX_SIGNING_KEYS
                ? Optional.of(new Stored.Full<>(
                        "an application has at most " + MemberStore.MAX_SIGNING_KEYS + " signing keys"))
                : Optional.empty();
    }

    static List<Credential> list(Session session, Optional<Id> after, int limit) {
        return session.list(
                "SELECT " + CredentialColumns.ALL + " FROM credential"
                        + " WHERE kind = 'signing_key' AND NOT revoked AND id > ? ORDER BY id LIMIT ?",
                CredentialColumns::read,
                Ids.after(after),
                limit);
    }

    static Stored<Credential> rewrap(Transaction transaction, Credential before, SealedKey sealed) {
        Session session = transaction.session();
        if (!(before.evidence() instanceof SealedKey old)) {
            return new Stored.Missing<>();
        }
        int changed = session.update(
                "UPDATE credential SET sealed = ? WHERE id = ? AND sealed = ? AND NOT revoked",
                sealed.bytes(),
                Ids.of(before.id()),
                old.bytes());
        if (changed == 0) {
            return SqlMembers.credential(session, before.id()).isPresent()
                    ? new Stored.Moved<>()
                    : new Stored.Missing<>();
        }
        transaction.changed(before.id());
        transaction.audit("credential.rewrap", Optional.of(before.organization()), before.id(), Detail.none());
        return new Stored.Done<>(SqlMembers.credential(session, before.id()).orElseThrow());
    }
}
