package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Session;
import java.util.Optional;

/// What a write to a domain key changes besides the key: the pages that its Apis answer, which every node holds
/// whole.
final class DomainKeys {
    private DomainKeys() {}

    /// Why there is no room for another domain key. Of several at once that find the last place, all may take it:
    /// nodes have room for more.
    static Optional<Stored<Credential>> full(Session session, Credential credential) {
        if (credential.kind() != CredentialKind.DOMAIN_KEY) {
            return Optional.empty();
        }
        long own = session.one(
                        "SELECT COUNT(*) AS keys FROM credential"
                                + " WHERE kind = 'domain_key' AND NOT revoked AND organization = ?",
                        row -> row.number("keys"),
                        Ids.of(credential.organization()))
                .orElseThrow();
        if (own >= MemberStore.MAX_DOMAIN_KEYS) {
            return Optional.of(
                    new Stored.Full<>("an organization has at most " + MemberStore.MAX_DOMAIN_KEYS + " domain keys"));
        }
        long all = session.one(
                        "SELECT COUNT(*) AS keys FROM credential WHERE kind = 'domain_key' AND NOT revoked",
                        row -> row.number("keys"))
                .orElseThrow();
        return all >= MemberStore.MAX_ALL_DOMAIN_KEYS
                ? Optional.of(new Stored.Full<>("there are " + MemberStore.MAX_ALL_DOMAIN_KEYS + " domain keys in all"))
                : Optional.empty();
    }

    /// Tells of what a replacement changed for pages, if it changed something.
    static void replaced(Transaction transaction, Credential before, Credential after) {
        if (!before.reach().equals(after.reach()) || !before.restrictions().equals(after.restrictions())) {
            changed(transaction, before);
            changed(transaction, after);
        }
    }

    /// Tells of a credential as it was or as it became.
    static void changed(Transaction transaction, Credential credential) {
        if (credential.kind() == CredentialKind.DOMAIN_KEY && credential.reach() instanceof Reach.Only(Rights rights)) {
            transaction.changed(rights.byApi().keySet().toArray(Id[]::new));
        }
    }
}
