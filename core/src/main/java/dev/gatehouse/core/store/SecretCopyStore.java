package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.util.List;
import java.util.Optional;

/// Copies of secrets that Apis want to be told again. [MemberStore] adds each with its credential. It is over with
/// the credential or anything above it that is revoked, with its Api, and when that keeps no secrets of its
/// kind any more: from then on nobody is told of it, and a sweep takes it out.
public interface SecretCopyStore {
    /// The most copies that a sweep looks at before it lets go.
    int SWEPT = 64;

    /// The copies that there are of these credentials and are not over, in their order, for somebody to read. An
    /// audit row that names them ([Telling]) is durable before this returns.
    Stored<List<SecretCopy>> reveal(List<Id> credentials, Act act);

    /// The copies of the whole installation in the order of their credentials, behind this one.
    List<SecretCopy> copies(Optional<Id> after, int limit);

    /// Takes out those of the next [#SWEPT] that are over.
    ///
    /// @param after the credential behind which it looks
    /// @return behind which to look next; empty when there are no more
    Optional<Id> sweep(Optional<Id> after);

    /// Puts the same secret, encrypted anew, in the place of what was read; false when that is gone by now.
    boolean rewrap(SecretCopy before, Encrypted sealed);
}
