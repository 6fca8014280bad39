package dev.gatehouse.dialect.read;

import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Fault;

/// What reading a request gave.
public sealed interface Reading {
    /// A request for an endpoint: its operation, with everything that it needs.
    record Asked(Endpoint endpoint, Shown shown) implements Reading {}

    /// An ordinary call that presents exactly one declared set.
    record Called(Shown shown) implements Reading {}

    /// An ordinary call without any proof.
    record Nothing() implements Reading {}

    /// A request that is answered with a refusal, whatever it is for.
    record Refused(Fault fault) implements Reading {}
}
