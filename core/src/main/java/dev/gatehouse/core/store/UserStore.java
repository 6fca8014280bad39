package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import java.util.List;
import java.util.Optional;

/// Users, their memberships and their passwords. Each verb is one transaction with its audit row and its `change`
/// rows; the verbs on standing are [MemberStore]'s, which take every kind of member, and so are those on keys
/// that a membership holds. No audit row has anything personal in it: not a username, not a claim.
public interface UserStore {
    /// The most memberships of one user that are not revoked. All of them are one fact.
    int MAX_MEMBERSHIPS = 64;

    /// Adds a user. `Missing` without its organization, `Conflict` when that is revoked or the username is in
    /// use.
    Stored<User> add(User user, Act act);

    /// Replaces username, profile and window of a user that is still as it was read; all else of `after` is left
    /// out. `Moved` when its version is no longer `before`'s; `Conflict` for a username that is in use, or a
    /// revoked user. What differs in nothing is `Done`, without a version or a trace.
    Stored<User> replace(User before, User after, Act act);

    /// Adds a membership. `Missing` without its user, its organization or its role; `Conflict` when one of the
    /// first two is revoked, or the user has one there that is not; `Full` at [#MAX_MEMBERSHIPS].
    Stored<Membership> add(Membership membership, Act act);

    /// Replaces role and window of a membership that is still as it was read. `Missing` without the role.
    Stored<Membership> replace(Membership before, Membership after, Act act);

    /// Gives a user a password and revokes the one that it had, which ends everything that was issued by it.
    /// `Missing` without the user, `Conflict` when it is revoked; `Moved` when the terms of the act name another
    /// version of the user than it has.
    Stored<Credential> setPassword(Credential password, Act act);

    /// The same, which also ends whatever else was opened in the user's name, by whatever it signed in with:
    /// that is what a user expects who had lost its password.
    Stored<Credential> resetPassword(Credential password, Act act);

    /// Puts the digest of the same password, stretched otherwise, into the place of another, if the credential is
    /// still as it was read. Ends nothing. `Moved` when it is not.
    Stored<Credential> restretch(Credential before, Credential after, Act act);

    /// One user.
    Optional<User> user(Id id);

    /// One user by its username in the spelling of [dev.gatehouse.core.member.Usernames].
    Optional<User> userByName(String username);

    /// The password of a user that is not revoked.
    Optional<Credential> password(Id user);

    /// One membership.
    Optional<Membership> membership(Id id);

    /// The users of whom an organization is the home; a slice's name is a username.
    Page<User> users(Id organization, Slice slice);

    /// The memberships in one organization, revoked ones too. They have no names.
    Page<Membership> memberships(Id organization, Slice slice);

    /// The memberships of one user that are not revoked.
    List<Membership> membershipsOf(Id user);
}
