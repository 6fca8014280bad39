package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Identity providers, who is linked to them, and browsers on their way there and back. A link is a credential of
/// its user, so that whatever is opened by it ends with it (law 2). Who somebody is at a provider is the provider
/// and the subject there and nothing else (GAUNTLET J04).
public interface IdentityStore {
    /// The most providers of an installation.
    int MAX_PROVIDERS = 50;

    /// The longest subject (OpenID Connect Core section 2).
    int MAX_SUBJECT = 255;

    /// The most trips of one user; the oldest makes room.
    int MAX_TRIPS = 8;

    /// The most people that one provider makes users of in an hour.
    int MAX_JOINS = 1000;

    /// The most links that one transaction ends. More of them take several, one after the other: from the first on
    /// nobody signs in as before, and the receipt is of the last.
    int ENDED_AT_ONCE = 200;

    /// The most trips that are over and that one verb removes.
    int SWEPT = 64;

    /// A provider, with the secret that it gave us.
    ///
    /// @param secret readable by key custody, in this row and under this number
    /// @param number counts the secrets, so that no older one comes back by copying
    record Held(IdentityProvider provider, Optional<Encrypted> secret, long number) {}

    /// Who somebody is at a provider.
    ///
    /// @param credential that sessions opened by it name
    record Link(Id credential, Id user, Id provider, String subject, Instant since) {}

    /// A link as it was found.
    ///
    /// @param generation of its credential: whatever narrows the provider from now on makes it another
    record Found(Link link, long generation) {}

    /// What has to be left when a link goes.
    enum Left {
        /// Nothing.
        ANYTHING,
        /// Another way to sign in: a password, or a link to a provider that is active.
        A_WAY_IN
    }

    /// What a browser is on its way for.
    enum Step {
        /// To sign in. Nothing is stored of it: whoever is nobody yet fills no table.
        SIGN_IN,
        /// To link an account there to the user that is signed in.
        LINK,
        /// It is back, and its user is asked whether to link the account.
        CONFIRM
    }

    /// A browser on its way.
    ///
    /// @param ticket of what only that browser has
    /// @param login the session in which it was begun
    /// @param user whose that session is
    /// @param subject who the provider said it is
    /// @param ask what waits for the sign-in
    /// @param maxAgeSeconds how long ago at most the person may have proven itself there
    record Trip(
            Digest ticket,
            Step step,
            Id provider,
            Id api,
            Optional<Id> login,
            Optional<Id> user,
            Optional<String> subject,
            Optional<String> ask,
            Optional<Long> maxAgeSeconds,
            Instant beganAt,
            Instant until) {}

    /// Adds a provider. `Conflict` for a name or an issuer that another one has, `Full` at [#MAX_PROVIDERS].
    Stored<Held> add(Held held, Act act);

    /// Replaces all of a provider that is still as it was read, but for name and issuer. One that is narrowed ends
    /// everything that was opened by it; its links stay. `Moved` when its version is no longer `before`'s.
    Stored<Held> replace(Held before, Held after, Act act);

    /// Ends a provider, its links, and everything that was opened by these. One with more than [#ENDED_AT_ONCE] is
    /// switched off first; whoever is stopped in between takes it away once more.
    Stored<Held> remove(Held before, Act act);

    /// Goes on with what narrowing providers had begun to end where a node was stopped.
    void goOn(Act act);

    /// One provider.
    Optional<Held> provider(Id id);

    /// All of them, in the order of their names.
    List<Held> providers();

    /// Puts the same secret, encrypted anew, in the place of what was read; false when that is another by now.
    boolean rewrap(Held before, Encrypted secret);

    /// Who is linked to a subject of a provider, by a link that is not revoked. Empty when the provider is not
    /// as it was read any more, or not active: what it said meanwhile counts for nothing.
    Optional<Found> linked(IdentityProvider as, String subject);

    /// What a user is linked to, by links that are not revoked.
    List<Link> links(Id user);

    /// Links a user to a subject of a provider, in the place of a link there that is revoked. `Missing` without
    /// either; `Conflict` when the subject is linked, to whomever, when the user has another account of the
    /// provider, or when the user or the session is over.
    ///
    /// @param credential of the user, new
    /// @param by the session of the user in which it is done
    Stored<Link> link(Link link, Credential credential, Id by, Act act);

    /// Makes a user of somebody who comes for the first time, a member, and the link: all or nothing. `Missing`
    /// without the organization, the role or the provider, or when that is not as it was read any more,
    /// `Conflict` for a username or a subject that is there, `Full` at [#MAX_JOINS] in this hour.
    Stored<Link> join(IdentityProvider as, Link link, User user, Membership membership, Credential credential, Act act);

    /// Ends a link of a user and everything that was opened by it, and forgets where browsers of the user are on
    /// their way to. `Missing` when it has none like this, `Conflict` when too little would be left.
    Stored<Link> unlink(Id user, Id credential, Left left, Act act);

    /// Takes note of a browser of somebody who is signed in. Beyond [#MAX_TRIPS] the oldest of this user makes
    /// room. False when it is there already. Leaves no audit row.
    boolean begin(Trip trip);

    /// Takes a trip, once: of any number at once one gets it. Leaves no audit row.
    ///
    /// @param ticket the digests that it may be stored under
    Optional<Trip> take(List<Digest> ticket, Step step, Instant now);
}
