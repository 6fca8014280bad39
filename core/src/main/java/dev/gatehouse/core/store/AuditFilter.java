package dev.gatehouse.core.store;

import dev.gatehouse.core.id.Id;
import java.time.Instant;
import java.util.Optional;

/// Which audit rows are asked for: those that match all that is given.
///
/// @param actor who did it: an organization, an application, a user or a credential
/// @param organization whose things it was done to
/// @param verb what was done
/// @param target what it was done to
/// @param from not before this time
/// @param to before this time
public record AuditFilter(
        Optional<Id> actor,
        Optional<Id> organization,
        Optional<String> verb,
        Optional<Id> target,
        Optional<Instant> from,
        Optional<Instant> to) {
    /// Every row.
    public static final AuditFilter ALL = new AuditFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
