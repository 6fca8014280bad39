package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.UnusedClientStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// When clients that registered themselves were last used, in memory.
record MemoryUnusedClients(Writes writes) implements UnusedClientStore {
    @Override
    public boolean used(Id application, Instant now) {
        AtomicBoolean there = new AtomicBoolean();
        var _ = writes.change(tables -> {
            tables.usedClients.computeIfPresent(application, (_, last) -> last.isBefore(now) ? Micros.of(now) : last);
            there.set(!revoked(tables, application));
            return true;
        });
        return there.get();
    }

    /// All clients of an Api count as used.
    static void count(Tables tables, Id api, Instant now) {
        tables.usedClients.replaceAll((client, last) -> Optional.ofNullable(tables.registered.get(client))
                .filter(registered -> registered.api().equals(api) && last.isBefore(now))
                .map(_ -> Micros.of(now))
                .orElse(last));
    }

    private static boolean revoked(Tables tables, Id application) {
        return tables.application(application)
                .map(Application::standing)
                .filter(Standing::revoked)
                .isPresent();
    }

    @Override
    public List<Id> unused(Id api, Instant before, int most) {
        Tables tables = writes.now();
        return tables.usedClients.entrySet().stream()
                .filter(one -> Optional.ofNullable(tables.registered.get(one.getKey()))
                        .filter(registered -> registered.api().equals(api))
                        .isPresent())
                .filter(one -> !one.getValue().isAfter(before) && !revoked(tables, one.getKey()))
                .sorted(Comparator.comparing(one -> one.getValue()))
                .map(one -> one.getKey())
                .limit(most)
                .toList();
    }

    @Override
    public Stored<Standing> expire(Id application, Instant before, Act act) {
        return writes.narrow(
                act,
                transaction ->
                        Optional.ofNullable(transaction.tables().usedClients.get(application))
                                        .filter(last -> !last.isAfter(before))
                                        .isPresent()
                                ? Standings.revoke(transaction, application)
                                : new Stored.Missing<>());
    }
}
