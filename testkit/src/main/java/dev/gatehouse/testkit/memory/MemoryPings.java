package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.PingStore;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Clients that are still to be told that a person has answered, in memory.
record MemoryPings(Writes writes) implements PingStore {
    /// What is to be said, when it is due, once the person has answered, and until when it is kept.
    record Kept(Due due, Optional<Instant> at, Instant ends) {}

    static void keep(Tables tables, DeviceStore.Waiting request, Encrypted said) {
        Due due = new Due(request.code(), request.application(), said, Instant.EPOCH, 0, 0);
        tables.pings.put(
                request.code(), new Kept(due, Optional.empty(), request.until().plus(DeviceStore.KEPT)));
    }

    /// The person answers; whether somebody is to be told.
    static boolean answered(Tables tables, Digest code, Instant raw) {
        Instant now = Micros.of(raw);
        Optional<Kept> kept = Optional.ofNullable(tables.pings.get(code))
                .filter(one -> one.at().isEmpty());
        kept.ifPresent(one -> tables.pings.put(
                code,
                new Kept(
                        new Due(code, one.due().application(), one.due().said(), now, 0, 0),
                        Optional.of(now),
                        one.ends())));
        return kept.isPresent();
    }

    @Override
    public List<Due> take(int most, int ofApplication, Instant now) {
        List<Due> taken = new ArrayList<>();
        Map<Id, Integer> had = new HashMap<>();
        var _ = writes.change(tables -> {
            tables.pings.values().stream()
                    .filter(kept -> kept.at().filter(at -> !at.isAfter(now)).isPresent())
                    .sorted(Comparator.comparing(kept -> kept.at().orElseThrow()))
                    .filter(kept -> had.merge(kept.due().application(), 1, Integer::sum) <= ofApplication)
                    .limit(most)
                    .toList()
                    .forEach(kept -> {
                        Due due = kept.due();
                        Due next = new Due(
                                due.request(),
                                due.application(),
                                due.said(),
                                due.since(),
                                due.attempt() + 1,
                                due.tries());
                        tables.pings.put(
                                due.request(), new Kept(next, Optional.of(Micros.of(now.plus(LEASE))), kept.ends()));
                        taken.add(next);
                    });
            return true;
        });
        return List.copyOf(taken);
    }

    private static Optional<Kept> there(Tables tables, Due due) {
        return Optional.ofNullable(tables.pings.get(due.request()))
                .filter(kept -> kept.due().attempt() == due.attempt());
    }

    @Override
    public void delivered(Due due) {
        var _ = writes.change(tables -> gone(tables, due));
    }

    private static boolean gone(Tables tables, Due due) {
        boolean there = there(tables, due).isPresent();
        if (there) {
            tables.pings.remove(due.request());
        }
        return there;
    }

    @Override
    public void again(Due due, Instant at) {
        var _ = writes.change(tables -> {
            there(tables, due)
                    .ifPresent(kept ->
                            tables.pings.put(due.request(), new Kept(due, Optional.of(Micros.of(at)), kept.ends())));
            return true;
        });
    }

    @Override
    public Stored<Due> giveUp(Due due, String why, Act act) {
        return writes.run(act, transaction -> {
            if (!gone(transaction.tables(), due)) {
                return new Stored.Missing<>();
            }
            transaction.audit(
                    "request.undelivered",
                    transaction.tables().application(due.application()).map(Application::organization),
                    due.application(),
                    Detail.of("why", why).with("attempts", due.tries()));
            return new Stored.Done<>(due);
        });
    }
}
