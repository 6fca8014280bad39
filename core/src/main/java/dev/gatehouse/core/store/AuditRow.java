package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// One audited change: written, with its MAC, in the transaction of what it records.
///
/// @param id random, unique
/// @param verb what was done, for example `credential.hold`
/// @param organization the organization that the target belongs to
/// @param target what it was done to
/// @param detail what changed, as JSON; never a secret
/// @param valid whether the MAC matches what was read
public record AuditRow(
        long id,
        Instant at,
        Act act,
        String verb,
        Optional<Id> organization,
        Optional<Id> target,
        String detail,
        boolean valid) {}
