package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Claims;

/// Access tokens that are ended before their time. Nothing is stored of a token until then.
public interface TokenStore {
    /// The most tokens that are dead and not yet expired. Every node holds all of them in memory.
    int MAX_DEAD = 900_000;

    /// The most expired tokens that one verb forgets.
    int SWEPT = 64;

    /// What ending a token came to.
    enum Ended {
        /// The token alone is in the dead set until it would have expired.
        ALONE,
        /// The dead set is full, so its credential was cut: all tokens below that credential ended, never less
        /// than what was asked for.
        WITH_ITS_CREDENTIAL,
        /// There was nothing to end: it is in the dead set, or its credential is revoked or was cut.
        BEFORE
    }

    /// Ends a token that is proven to be ours, with all of its line where it was renewed or may have been. Only
    /// what ends something leaves a trace.
    Stored<Ended> revoke(Claims token, Act act);

    /// Ends all tokens of a credential for one that is issued in their place: `Done` with the generation that is
    /// current then. Nobody decided on the credential, and logins come in floods, so this leaves no audit row:
    /// the event of the token that is issued tells it. `Missing` without such a credential, or when it is
    /// revoked.
    Stored<Long> supersede(Id credential, Act act);
}
