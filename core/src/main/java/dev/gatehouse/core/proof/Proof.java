package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;

/// What proving gave.
public sealed interface Proof {
    /// The proof holds; these are the facts to decide on.
    record Proven(Facts facts) implements Proof {}

    /// The proof does not hold.
    record Refused(Refusal refusal) implements Proof {}

    /// Facts are missing from memory: prove again on a thread that may block.
    record Cold() implements Proof {}
}
