package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import java.time.Instant;

/// The proofs that callers have shown to have a key (RFC 9449). Each counts once (section 11.1).
public interface ProofStore {
    /// The most that are over and that one use removes.
    int SWEPT = 64;

    /// Uses a proof up: of any number of uses at once, on whatever nodes, one is first. Durable when it returns.
    ///
    /// @param proof the SHA-256 of the key and of the name that was given to the proof under it
    /// @param until when it counts for nobody any more, so that its use may be forgotten
    /// @return whether it had not been used
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time, or does not
    /// say what came of it: the proof may be used up then
    boolean use(Bytes proof, Instant until, Instant now);
}
