package dev.gatehouse.core.store;

import dev.gatehouse.core.member.Credential;
import java.util.Optional;

/// A credential that is not stored yet, and the copy of its secret that comes with it where its Api keeps one.
public record NewCredential(Credential credential, Optional<SecretCopy> copy) {
    /// One whose secret nobody can read again.
    public static NewCredential of(Credential credential) {
        return new NewCredential(credential, Optional.empty());
    }
}
