package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import java.util.Optional;

/// One verb's own copy of everything, in which it leaves its change and its audit row.
record Transaction(Tables tables, Act act, Audit audit) {
    void audit(String verb, Optional<Id> organization, Id target, Detail detail) {
        tables.audit.add(audit.row(tables.audit.size() + 1L, act, verb, organization, target, detail));
    }
}
