package dev.gatehouse.core.store;

import java.util.List;

/// The audit trail, for reading. Rows are written by the verbs of the other stores.
public interface AuditStore {
    /// The newest rows first.
    List<AuditRow> newest(int limit);
}
