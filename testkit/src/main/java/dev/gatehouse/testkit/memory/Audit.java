package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.MacKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes audit rows and checks them when they are read. Nobody but this class writes them, so that their MACs can
/// be over any text that names every field.
final class Audit {
    /// A row as it was written, and its MAC in hexadecimal.
    record Row(AuditRow written, String mac) {}

    private final MacKey key;
    private final RandomGenerator random;

    Audit(MacKey key, RandomGenerator random) {
        this.key = key;
        this.random = random;
    }

    Row row(Act act, String verb, Optional<Id> organization, Id target, Detail detail) {
        Act kept = new Act(act.actor(), act.requestId(), Micros.of(act.at()));
        AuditRow row = new AuditRow(
                random.nextLong(), kept.at(), kept, verb, organization, Optional.of(target), detail.json(), true);
        return new Row(row, mac(row));
    }

    List<AuditRow> newest(List<Row> rows, int limit) {
        return rows.reversed().stream().limit(limit).map(this::checked).toList();
    }

    private AuditRow checked(Row row) {
        AuditRow written = row.written();
        return new AuditRow(
                written.id(),
                written.at(),
                written.act(),
                written.verb(),
                written.organization(),
                written.target(),
                written.detail(),
                row.mac().equals(mac(written)));
    }

    private String mac(AuditRow row) {
        return HexFormat.of().formatHex(key.mac(row.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
