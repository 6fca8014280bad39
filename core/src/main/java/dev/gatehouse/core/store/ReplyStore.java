package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import java.util.Optional;

/// Replies to requests that have one effect however often they are sent. A verb whose act names a [Once] claims
/// it first: of several at once one has the effect, the others wait for it and answer `Conflict`. Whatever is not
/// `Done` leaves no claim. A caller is the credential that acts.
public interface ReplyStore {
    /// The most replies that are kept for one caller; beyond them a verb answers `Full`.
    int MOST = 10_000;

    /// The most expired replies that one claim removes.
    int SWEPT = 16;

    /// The reply kept under an id, unless it has expired at the time of the act. Returns when its effect is
    /// applied everywhere, as the verb itself did (law 3).
    Optional<KeptReply> find(Bytes id, Act act);

    /// Keeps the reply to an effect of several transactions, all done, however many the caller has. `Conflict`
    /// when another is kept.
    Stored<Encrypted> keep(Once once, Encrypted reply, Act act);
}
