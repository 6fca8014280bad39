package dev.gatehouse.core.store;

import java.util.List;
import java.util.Optional;

/// The audit trail: read here, written by the verbs of the other stores, and sealed.
public interface AuditStore {
    /// The rows inserted last, the last one first.
    List<AuditRow> newest(int limit);

    /// The rows that a filter lets through, the newest first.
    ///
    /// @param after only what follows this place
    Page<AuditRow> search(AuditFilter filter, Optional<AuditMark> after, int limit);

    /// Rows that are committed and in no seal, in the order of their positions.
    List<AuditRow> unsealed(int limit);

    /// Rows that name this seal, in the order of their positions.
    List<AuditRow> sealed(long seal, int limit);

    /// Rows that name a seal which is not there. Nothing that Gatehouse does leaves any.
    List<AuditRow> strays(int limit);

    /// The seals after this number, in the order of their numbers.
    List<AuditSeal> seals(long after, int limit);

    /// The newest seal.
    Optional<AuditSeal> lastSeal();

    /// Adds a seal and marks its rows with its number, both or neither. False when somebody else added a seal of
    /// this number, or when not exactly these rows are still unsealed: then there is nothing to do but to look
    /// again.
    ///
    /// @param positions of the rows that are in it
    boolean seal(AuditSeal seal, List<Long> positions);
}
