package dev.gatehouse.core.member;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import java.util.List;
import java.util.Optional;

/// Which secrets can be told again. An Api says so of its own keys and of nobody else's: who reads one has all that
/// it opens.
public final class Reveal {
    /// The kinds of credentials of which an Api may keep secrets. Passwords are people's own; what requests are
    /// signed with is read by nobody but the server; the others have no secret.
    public static final List<CredentialKind> KINDS = List.of(
            CredentialKind.API_KEY, CredentialKind.SECRET, CredentialKind.DOMAIN_KEY, CredentialKind.USER_SECRET);

    private Reveal() {}

    /// The one Api that a credential is good at: the only one that it is restricted to, or without that the only
    /// one that it has rights at. Empty when there are several, or none.
    ///
    /// @param role what its holder's role gives
    public static Optional<Id> api(Credential credential, Rights role) {
        return api(credential.reach(), credential.restrictions().apis(), role);
    }

    /// The same of what a credential may do.
    ///
    /// @param restricted the Apis that it may be used at
    public static Optional<Id> api(Reach reach, Restriction<Id> restricted, Rights role) {
        Rights rights = reach instanceof Reach.Only(Rights only) ? only : role;
        List<Id> apis = restricted instanceof Restriction.Only<Id>(List<Id> listed)
                ? listed
                : List.copyOf(rights.byApi().keySet());
        return apis.size() == 1 ? Optional.of(apis.getFirst()) : Optional.empty();
    }
}
