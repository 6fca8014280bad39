package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;

/// The right to renew one credential, until somebody else has it.
///
/// @param fence what writes under it say
/// @param credential the number of the credential that it is about
/// @param lost whether an earlier attempt ended without anybody knowing what the platform answered
public record Lease(Id connection, long fence, long credential, boolean lost) {}
