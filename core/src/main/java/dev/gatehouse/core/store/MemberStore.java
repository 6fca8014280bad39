package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.secret.SealedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Organizations, applications and credentials. Every verb is one transaction that also writes its audit row and
/// its `change` rows; a verb that narrows rights returns only when the change is durable and applied (law 3).
///
/// The verbs on standing take the id of any member kind. They are idempotent: holding what is held, lifting what
/// is not, revoking what is revoked are `Done` with the standing as it is. A revoked member answers `Conflict` to
/// everything else. Where the terms of the act name a version, a member with another one answers `Moved`. No verb
/// takes the last owner away, whatever it does it by (`Forbidden`, see [Stored.Rule#LAST_OWNER]).
public interface MemberStore {
    /// The most credentials of one application or membership that are not revoked.
    int MAX_CREDENTIALS = 1000;

    /// The most domain keys of one organization that are not revoked.
    int MAX_DOMAIN_KEYS = 500;

    /// The most of all organizations: every node holds their origins in memory.
    int MAX_ALL_DOMAIN_KEYS = 20_000;

    /// The most keys of one application that requests are signed with and that are not revoked: a signature names
    /// none, so that all are tried.
    int MAX_SIGNING_KEYS = 8;

    /// Adds an organization below its parent. `Missing` without that parent, `Conflict` when the parent is
    /// revoked or has a child of this name, `Full` when the tree would be deeper than [Organization#MAX_DEPTH].
    Stored<Organization> add(Organization organization, Act act);

    /// The same with what its parent has its children begin with: all or none. `Missing` without the role, too.
    ///
    /// @param application of the organization
    /// @param credential of the application
    Stored<Organization> add(Organization organization, Application application, NewCredential credential, Act act);

    /// The same with a credential whose secret nobody can read again.
    default Stored<Organization> add(
            Organization organization, Application application, Credential credential, Act act) {
        return add(organization, application, NewCredential.of(credential), act);
    }

    /// Adds an application. `Missing` without its organization or its role, `Conflict` for a `client_id` or a
    /// name (in its organization) that exists or a revoked organization.
    Stored<Application> add(Application application, Act act);

    /// Adds a credential of an application or a membership. `Missing` without it, `Conflict` when it is revoked,
    /// `Full` at [#MAX_CREDENTIALS], for a domain key at [#MAX_DOMAIN_KEYS] and [#MAX_ALL_DOMAIN_KEYS], and for a
    /// signing key at [#MAX_SIGNING_KEYS].
    /// Passwords are [UserStore]'s. `Conflict`, too, for a copy of its secret that the Api does not keep.
    Stored<Credential> add(NewCredential credential, Act act);

    /// The same with one whose secret nobody can read again.
    default Stored<Credential> add(Credential credential, Act act) {
        return add(NewCredential.of(credential), act);
    }

    /// Replaces name, first key of its children, access and window of an organization that is still as it was read;
    /// all else of `after` is left out. `Moved` when its version is no longer `before`'s; `Conflict` for a sibling
    /// of this name, a revoked organization, or a window of the root; `Missing` without a role that bounds an
    /// access. What differs in nothing is `Done`, without a version or a trace.
    Stored<Organization> replace(Organization before, Organization after, Act act);

    /// The same with name, role and window of an application. `Missing` without the role.
    Stored<Application> replace(Application before, Application after, Act act);

    /// The same with name, reach, restrictions, note and window of a credential.
    Stored<Credential> replace(Credential before, Credential after, Act act);

    /// The same, and holds it for its owner or lifts that hold: all of it or nothing. `Forbidden` where lifting is.
    ///
    /// @param held whether it is held afterwards
    Stored<Credential> replace(Credential before, Credential after, boolean held, Act act);

    /// Adds the successor of a credential that is still as it was read, and ends the old one in the same
    /// transaction: at `end`, or for good when that is not after the time of the act. `Moved` when the old one's
    /// version is another; `Conflict` when it or the application is revoked, or it is held; `Full` where
    /// there is no room for another.
    Stored<Credential> rotate(Credential old, Instant end, NewCredential successor, Act act);

    /// The same with a successor whose secret nobody can read again.
    default Stored<Credential> rotate(Credential old, Instant end, Credential successor, Act act) {
        return rotate(old, end, NewCredential.of(successor), act);
    }

    /// Sets a hold. The root organization cannot be held (`Conflict`). `Hold.OWNER` is the hold of the highest
    /// organization that has set it.
    Stored<Standing> hold(Id member, Hold hold, Act act);

    /// Lifts a hold and brings back exactly what was there. `Forbidden` for a `Hold.OWNER` of an organization
    /// above the actor's.
    Stored<Standing> lift(Id member, Hold hold, Act act);

    /// Ends everything that was issued below the member and keeps the member: raises its generation.
    Stored<Standing> cut(Id member, Act act);

    /// Ends the member for good. The root organization cannot be revoked (`Conflict`).
    Stored<Standing> revoke(Id member, Act act);

    /// Sets when the member is valid. The root organization takes no window (`Conflict`).
    Stored<Standing> schedule(Id member, Window window, Act act);

    /// The root organization; empty before the first start has installed one.
    Optional<Organization> root();

    /// One organization.
    Optional<Organization> organization(Id id);

    /// One application.
    Optional<Application> application(Id id);

    /// One application by its public id.
    Optional<Application> applicationByClientId(String clientId);

    /// One credential.
    Optional<Credential> credential(Id id);

    /// The organizations from this one up to the root, this one first; empty when it does not exist.
    List<Organization> chain(Id organization);

    /// The children of one organization.
    Page<Organization> children(Id organization, Slice slice);

    /// The applications of one organization.
    Page<Application> applications(Id organization, Slice slice);

    /// The signing keys of the whole installation that are not revoked, in the order of ids, behind this one.
    List<Credential> signing(Optional<Id> after, int limit);

    /// Puts the same signing key, encrypted anew, in the place of what is there. `Moved` when that is another
    /// ciphertext by now.
    Stored<Credential> rewrap(Credential before, SealedKey sealed, Act act);

    /// The credentials of one application or membership.
    Page<Credential> credentials(Id holder, Slice slice);
}
