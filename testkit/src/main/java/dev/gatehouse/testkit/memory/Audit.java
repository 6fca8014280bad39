package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.audit.RowBytes;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MacKey;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes audit rows and checks them when they are read.
final class Audit {
    private final MacKey key;
    private final RandomGenerator random;

    Audit(MacKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    /// A row as it is written.
    AuditRow row(long position, Act act, String verb, Optional<Id> organization, Id target, Detail detail) {
        Act kept = new Act(act.actor(), act.requestId(), Micros.of(act.at()));
        AuditRow row = new AuditRow(
                position,
                random.nextLong(),
                kept.at(),
                kept,
                verb,
                organization,
                Optional.of(target),
                detail.json(),
                Bytes.NONE,
                Optional.empty(),
                true);
        return with(row, mac(row), row.seal(), true);
    }

    /// A row as it is read.
    AuditRow checked(AuditRow row) {
        return with(row, row.mac(), row.seal(), row.mac().equals(mac(row)));
    }

    /// A row that is in a seal now.
    static AuditRow sealed(AuditRow row, long seal) {
        return with(row, row.mac(), Optional.of(seal), row.valid());
    }

    private Bytes mac(AuditRow row) {
        return Bytes.of(key.mac(RowBytes.said(row)));
    }

    private static AuditRow with(AuditRow row, Bytes mac, Optional<Long> seal, boolean valid) {
        return new AuditRow(
                row.position(),
                row.id(),
                row.at(),
                row.act(),
                row.verb(),
                row.organization(),
                row.target(),
                row.detail(),
                mac,
                seal,
                valid);
    }
}
