package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.feed.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One verb's transaction: its statements, its audit row, and what it changed.
final class Transaction {
    private final Session session;
    private final Audit audit;
    private final Act act;
    private final List<Change> changes = new ArrayList<>();

    Transaction(Session session, Audit audit, Act act) {
        this.session = session;
        this.audit = audit;
        this.act = act;
    }

    Session session() {
        return session;
    }

    Act act() {
        return act;
    }

    void audit(String verb, Optional<Id> organization, Id target, Detail detail) {
        audit.write(session, act, verb, organization, Optional.of(target), detail);
    }

    void changed(Id... ids) {
        for (Id id : ids) {
            changes.add(Change.of(id));
        }
    }

    void ended(Id token, Instant expiresAt) {
        changes.add(Change.ended(token, expiresAt));
    }

    List<Change> changes() {
        return changes;
    }
}
