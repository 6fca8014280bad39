package dev.gatehouse.core.store;

import java.time.Duration;

/// Proof that a write that takes something away counts everywhere (ADR 0001): no request whose first byte
/// reaches a node after it is decided on what was before.
///
/// @param position where the write stands in the change feed
/// @param nodes the nodes that might have decided on what was before, this one included
/// @param acknowledged those that have applied it
/// @param runOut those that were not heard of until they had stopped serving by themselves
/// @param waited from the end of the commit until that was known
public record Receipt(
        String position, int nodes, int acknowledged, int runOut, Duration waited, Durability durability) {
    /// Where a write is safe.
    public enum Durability {
        /// On the disk of one machine.
        LOCAL,
        /// On the disks of several: the database waits for a synchronous standby.
        REPLICATED
    }

    /// Of a process that has the database for itself.
    public static Receipt alone(long position, Duration waited) {
        return new Receipt(Long.toString(position), 1, 1, 0, waited, Durability.LOCAL);
    }
}
