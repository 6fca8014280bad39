package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// One audited change: written, with its MAC, in the transaction of what it records.
///
/// @param position the order of insertion, which is not the order of commit
/// @param id random, unique
/// @param verb what was done, for example `credential.hold`
/// @param organization the organization that the target belongs to
/// @param target what it was done to
/// @param detail what changed, as JSON; never a secret
/// @param mac a keyed MAC over all of the above but the position
/// @param seal the number of the seal that the row is in; absent until it is sealed
/// @param valid whether the MAC matches what was read
public record AuditRow(
        long position,
        long id,
        Instant at,
        Act act,
        String verb,
        Optional<Id> organization,
        Optional<Id> target,
        String detail,
        Bytes mac,
        Optional<Long> seal,
        boolean valid) {}
