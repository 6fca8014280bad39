package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What users granted applications: codes, refresh tokens, remembered consents. A grant is one row from its code
/// to its last refresh token; each step of its life is one conditional write (law 4). Where one ends before its
/// time its id enters the dead set, and everything that was issued on it with it.
public interface GrantStore {
    /// The most grants that are long over and that one verb removes.
    int SWEPT = 64;

    /// The most grants between one user and one application that something still counts of. One more ends the one
    /// that was not used for longest: an application that asks too often is its own victim and nobody else's.
    int MAX_GRANTS = 100;

    /// For how long the refresh token before the newest is still answered, with the newest (GAUNTLET D03): the
    /// answer to a rotation may be lost on its way.
    Duration GRACE = Duration.ofSeconds(10);

    /// Who redeems a code, and what it shows.
    ///
    /// @param goesOn whether the client may have refresh tokens, of grants that outlive their logins
    /// @param until when the first refresh token ends unless it is used
    /// @param tokenEnds when the access token ends that is handed out for the code
    /// @param bound what refresh tokens are bound to from now on
    record Redemption(
            Id api,
            Id application,
            Grant.Binding binding,
            boolean goesOn,
            Instant until,
            Instant tokenEnds,
            Optional<Confirmation> bound) {
        /// By a client whose refresh tokens are bound to no key.
        public Redemption(
                Id api, Id application, Grant.Binding binding, boolean goesOn, Instant until, Instant tokenEnds) {
            this(api, application, binding, goesOn, until, tokenEnds, Optional.empty());
        }
    }

    /// A grant that a code is of, or was.
    ///
    /// @param fresh whether the code was not redeemed and has not ended
    record Coded(Grant grant, boolean fresh) {}

    /// What redeeming a code came to.
    sealed interface Redeemed {
        /// It was good, and is no more.
        record First(Grant grant) implements Redeemed {}

        /// It was good, is no more, and whoever showed it is not whom it was for (GAUNTLET B03, B06).
        record Wrong(Id grant) implements Redeemed {}

        /// It had been redeemed before: whatever was issued on it has ended (RFC 6749 section 4.1.2, GAUNTLET
        /// B01).
        record Again(Id grant) implements Redeemed {}

        /// There is no such code, or its time was over.
        record None() implements Redeemed {}
    }

    /// What showing a refresh token came to.
    sealed interface Rotated {
        /// It was the newest; the next one is, with this number.
        record Next(long number) implements Rotated {}

        /// It was the one before the newest and the newest is not used yet: that one again, with this number.
        record Same(long number) implements Rotated {}

        /// It was used before: the grant has ended (RFC 9700 section 4.14.2, GAUNTLET D01).
        record Reused() implements Rotated {}

        /// The grant is over, or has ended.
        record Over() implements Rotated {}

        /// Its refresh tokens are bound to a key, and another one was proven or none. Nothing has changed.
        record NotHolder() implements Rotated {}
    }

    /// What a client asked to be told.
    ///
    /// @param text as the one that reads it wrote it; nothing where it asked by scopes alone
    record Asked(Optional<String> text) {}

    /// What a user lets an application have without being asked again.
    record Consent(Id application, Id api, Scopes scopes, Instant at, AuthorizationDetails details) {
        /// Of scopes alone.
        public Consent(Id application, Id api, Scopes scopes, Instant at) {
            this(application, api, scopes, at, AuthorizationDetails.NONE);
        }
    }

    /// Keeps what a user grants, under a code. `Missing` when the user is revoked or gone or the login is over,
    /// `Conflict` when it rests on a consent that is not there any more, `Moved` when the pushed request that it
    /// answers was answered before.
    ///
    /// @param codeEnds when the code can no longer be redeemed
    /// @param remember whether the user said so just now, and is not to be asked again
    /// @param pushed the request that it answers, where that was pushed: used up by this
    Stored<Grant> open(Grant grant, Digest code, Instant codeEnds, boolean remember, Optional<Digest> pushed, Act act);

    /// The same for a request that was not pushed.
    default Stored<Grant> open(Grant grant, Digest code, Instant codeEnds, boolean remember, Act act) {
        return open(grant, code, codeEnds, remember, Optional.empty(), act);
    }

    /// Keeps what a user grants where the tokens are the answer, and no code is (OpenID Connect Core section
    /// 3.2). The same request is answered once: `Moved` when that has happened, and otherwise as [#open]. It
    /// has no refresh tokens.
    ///
    /// @param grant that ends with what was issued
    /// @param request what tells it from every other, until `over`
    /// @param over when that request cannot be answered any more, and not before what was issued ends
    Stored<Grant> openAnswered(
            Grant grant, Digest request, Instant over, boolean remember, Optional<Digest> pushed, Act act);

    /// Keeps what a user grants a device that waits (RFC 8628), under the code that the device has: answers it, of
    /// any number of answers at once as the first. `Moved` when it was answered before, or is over. The user said
    /// so just now.
    ///
    /// @param code of the device
    /// @param codeEnds when that can no longer be redeemed
    Stored<Grant> openForDevice(Grant grant, Digest code, Instant codeEnds, Act act);

    /// What a code is of, without redeeming it; empty for one that there never was at this Api, or not lately.
    ///
    /// @param code the digests that it may be stored under
    Optional<Coded> coded(List<Digest> code, Id api, Instant now);

    /// Redeems a code: of any number at once one is first.
    ///
    /// @param code the digests that it may be stored under
    Stored<Redeemed> redeem(List<Digest> code, Redemption by, Act act);

    /// A grant that is not over and has refresh tokens.
    ///
    /// @param number of the newest one
    /// @param until when it is over unless it is used
    record Refreshable(Grant grant, long number, Instant until) {}

    /// One of these.
    Optional<Refreshable> refreshable(Id grant, Instant now);

    /// What a login granted an application, the newest that is not over and whose code was redeemed: as a grant
    /// that ends when nothing that was issued on it counts any more.
    ///
    /// @param login as the client was told of it
    Optional<Grant> living(Id user, Id application, Id api, Id login, Instant now);

    /// What the client of a grant asked to be told of its user; empty where the grant is not remembered, and nobody
    /// knows.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    Optional<Asked> asked(Id grant);

    /// Puts the next refresh token in the place of this one: of any number at once, all are told of the same one.
    ///
    /// @param number of the token that was shown
    /// @param until when the grant is over unless it is used again
    /// @param bound what refresh tokens are bound to from now on, where they are not yet;
    ///     where they are it has to be theirs
    Stored<Rotated> rotate(Grant grant, long number, Instant until, Optional<Confirmation> bound, Act act);

    /// Lets the newest refresh token of a grant, which stays what it is, count as long as the grant does; false
    /// when it is not the newest any more, or over.
    Stored<Boolean> keep(Grant grant, long number, Act act);

    /// Ends a grant. Done again it changes nothing. `Missing` when there is none.
    Stored<Id> end(Id grant, Act act);

    /// What the user lets an application have at an Api without being asked.
    Scopes consented(Id user, Id application, Id api);

    /// The authorization details that the user lets an application have there without being asked: the newest of
    /// those that it allowed.
    AuthorizationDetails consentedDetails(Id user, Id application, Id api);

    /// All that a user has consented to.
    List<Consent> consents(Id user);

    /// Forgets what a user lets an application have, and ends all that came of it. Done with how many grants
    /// ended.
    Stored<Long> withdraw(Id user, Id application, Act act);
}
