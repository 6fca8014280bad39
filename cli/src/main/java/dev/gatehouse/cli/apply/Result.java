package dev.gatehouse.cli.apply;

import dev.gatehouse.client.GatehouseException;

/// How carrying out a plan ended. What was done before it stopped stays done; applying again goes on from there.
public sealed interface Result {
    /// All of it is done.
    record Done() implements Result {}

    /// Somebody else changed something after the plan was made.
    ///
    /// @param at what was changed
    /// @param done how many things were written before
    record Overtaken(String at, int done) implements Result {}

    /// The server refused, or nobody answered.
    ///
    /// @param at what was to be written, and where it stands
    record Stopped(String at, int done, GatehouseException cause) implements Result {}
}
