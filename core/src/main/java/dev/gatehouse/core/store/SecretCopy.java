package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.CredentialKind;

/// A copy of a credential's secret that can be read again, because its Api wants that.
///
/// @param organization the credential's
/// @param api that keeps secrets of this kind
/// @param sealed readable by key custody, for this credential of this organization and this Api
public record SecretCopy(Id credential, Id organization, Id api, CredentialKind kind, Encrypted sealed) {
    /// The same copy, encrypted anew.
    public SecretCopy with(Encrypted anew) {
        return new SecretCopy(credential, organization, api, kind, anew);
    }
}
