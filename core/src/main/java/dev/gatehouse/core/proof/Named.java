package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Refusal;

/// Who goes by a public id that came with a request and proves nothing.
public sealed interface Named {
    /// This application.
    record Known(Actor actor) implements Named {}

    /// Nobody, or it is not said.
    record Refused(Refusal refusal) implements Named {}
}
