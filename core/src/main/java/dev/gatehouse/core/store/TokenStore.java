package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Claims;
import java.time.Duration;
import java.time.Instant;

/// Access tokens that are ended before their time. Nothing is stored of a token until then.
public interface TokenStore {
    /// How many tokens may be dead and not yet expired. Every node holds all of them in memory.
    ///
    /// @param all of the installation
    /// @param share of one customer of the provider: of an organization right below the provider's with all that
    ///     are below it, or of the provider's own
    record Room(int all, int share) {
        /// So much that filling it takes sixteen customers.
        public static final Room DEFAULT = new Room(900_000, 56_250);
    }

    /// The most expired tokens that one verb forgets.
    int SWEPT = 64;

    /// What ending a token came to.
    enum Ended {
        /// The token alone is in the dead set until it would have expired.
        ALONE,
        /// The dead set is full, so its credential was cut: all tokens below that credential ended, never less
        /// than what was asked for. No customer fills it alone.
        WITH_ITS_CREDENTIAL,
        /// There was nothing to end: it is in the dead set, or its credential is revoked or was cut.
        BEFORE
    }

    /// Ends a token that is proven to be ours, with all of its line. Only what ends something, or ends it for
    /// longer than it was, leaves a trace. `Full` while the share of the client's customer is used up; the
    /// credential can be cut or revoked all the same.
    ///
    /// @param lineEnd when nothing of its line counts any more, whoever renews it until then
    Stored<Ended> revoke(Claims token, Instant lineEnd, Act act);

    /// The same for a token of an Api that renews none but those of pages.
    default Stored<Ended> revoke(Claims token, Act act) {
        return revoke(token, token.lineEnd(), act);
    }

    /// The line of a credential's tokens, from one that was issued to the last that was refreshed from it.
    ///
    /// @param generation of the credential while the newest of them counts
    /// @param begunAt when the first was issued
    /// @param refreshedAt when the newest was
    record Line(long generation, Instant begunAt, Instant refreshedAt) {}

    /// What showing the refresh token of a generation came to.
    sealed interface Refreshed {
        /// It was the newest: the generation after it is current now, and nothing else counts.
        record Next(Line line) implements Refreshed {}

        /// It was the one before the newest, which is moments old and not used yet: that one again, because the
        /// answer to the first request may be lost (GAUNTLET D03).
        record Same(Line line) implements Refreshed {}

        /// It was used before: the line has ended (RFC 9700 section 4.14.2, GAUNTLET D01).
        record Reused() implements Refreshed {}

        /// Its line is over: too old, ended, or another has begun.
        record Over() implements Refreshed {}
    }

    /// For how long the refresh token before the newest is still answered.
    Duration GRACE = Duration.ofSeconds(10);

    /// Puts the next generation in the place of the one that a refresh token names: of any number at once, all
    /// are told of the same one. `Missing` without such a credential, or when it is revoked.
    ///
    /// @param generation that the token names
    /// @param begunAfter lines that are older are over (GAUNTLET D09)
    Stored<Refreshed> refresh(Id credential, long generation, Instant begunAfter, Act act);

    /// Ends a token whose credential has one at a time, and with it what it would be refreshed by: the credential
    /// gets the next generation, unless the token does not count any more.
    Stored<Ended> revokeLine(Claims token, Act act);

    /// Ends all tokens of a credential for one that is issued in their place: `Done` with the generation that is
    /// current then. With that a new line begins. Nobody decided on the credential, and logins come in floods, so
    /// this leaves no audit row: the event of the token that is issued tells it. `Missing` without such a
    /// credential, or when it is revoked.
    Stored<Long> supersede(Id credential, Act act);
}
