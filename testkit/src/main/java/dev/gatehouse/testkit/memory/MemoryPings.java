package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Ping;
import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.Optional;

/// Clients that are still to be told that a person has answered, in memory.
final class MemoryPings {
    private MemoryPings() {}

    static void keep(Tables tables, DeviceStore.Waiting request, Encrypted said) {
        Ping ping = new Ping(request.code(), request.application(), said);
        tables.pings.put(
                request.code(),
                new OutboxRows.Row<>(
                        new Taken<>(ping, 0, 0, Instant.EPOCH),
                        Optional.empty(),
                        request.until().plus(DeviceStore.KEPT)));
    }

    /// The person answers; whether somebody is to be told.
    static boolean answered(Tables tables, Digest code, Instant raw) {
        Instant now = Micros.of(raw);
        Optional<OutboxRows.Row<Ping>> kept = Optional.ofNullable(tables.pings.get(code))
                .filter(row -> row.due().isEmpty());
        kept.ifPresent(row -> tables.pings.put(
                code,
                new OutboxRows.Row<>(new Taken<>(row.taken().notice(), 0, 0, now), Optional.of(now), row.until())));
        return kept.isPresent();
    }
}
