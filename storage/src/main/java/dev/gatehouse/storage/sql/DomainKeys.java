package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.right.Rights;

/// What a write to a domain key changes besides the key: the pages that its Apis answer, which every node holds
/// whole.
final class DomainKeys {
    private DomainKeys() {}

    /// Tells of a credential as it was or as it became.
    static void changed(Transaction transaction, Credential credential) {
        if (credential.kind() == CredentialKind.DOMAIN_KEY && credential.reach() instanceof Reach.Only(Rights rights)) {
            transaction.changed(rights.byApi().keySet().toArray(Id[]::new));
        }
    }
}
