package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;

/// What checking a presented credential against an ask gave.
public sealed interface Checked {
    /// Said by whoever may wait for what it takes.
    sealed interface Known extends Checked {}

    /// Proven and allowed.
    record Allowed(Verdict.Allowed verdict) implements Known {}

    /// Not proven, or proven and not allowed, or not decidable now.
    record Refused(Refusal refusal) implements Known {}

    /// Memory does not hold what it takes: check again on a thread that may block.
    record Cold() implements Checked {}
}
