package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectionEventStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is still to be told of connections, in memory.
record MemoryConnectionEvents(Writes writes) implements ConnectionEventStore {
    /// What is to be told, and when it is due.
    record Kept(Due due, Instant at) {}

    /// Something happens to a connection.
    static void happened(Transaction transaction, Connection connection, Type type, String because) {
        Tables tables = transaction.tables();
        Instant at = Micros.of(transaction.act().at());
        long attempt = Optional.ofNullable(tables.connectionEvents.get(connection.id()))
                .map(kept -> kept.due().attempt() + 1)
                .orElse(0L);
        Event event = new Event(connection.id(), connection.organization(), type, because, at);
        tables.connectionEvents.put(connection.id(), new Kept(new Due(event, attempt, 0), at));
    }

    @Override
    public List<Due> take(int most, Instant now) {
        List<Due> taken = new ArrayList<>();
        var _ = writes.change(tables -> {
            tables.connectionEvents.values().stream()
                    .filter(kept -> !kept.at().isAfter(now))
                    .sorted(Comparator.comparing(Kept::at))
                    .limit(most)
                    .toList()
                    .forEach(kept -> {
                        Due due = kept.due();
                        Due next = new Due(due.event(), due.attempt() + 1, due.tries());
                        tables.connectionEvents.put(
                                due.event().connection(), new Kept(next, Micros.of(now.plus(LEASE))));
                        taken.add(next);
                    });
            return true;
        });
        return List.copyOf(taken);
    }

    private static boolean there(Tables tables, Due due) {
        return Optional.ofNullable(tables.connectionEvents.get(due.event().connection()))
                .filter(kept -> kept.due().attempt() == due.attempt()
                        && kept.due().event().at().equals(due.event().at()))
                .isPresent();
    }

    @Override
    public void delivered(Due due) {
        var _ = writes.change(tables -> gone(tables, due));
    }

    private static boolean gone(Tables tables, Due due) {
        boolean there = there(tables, due);
        if (there) {
            tables.connectionEvents.remove(due.event().connection());
        }
        return there;
    }

    @Override
    public void again(Due due, Instant at) {
        var _ = writes.change(tables -> {
            if (there(tables, due)) {
                tables.connectionEvents.put(due.event().connection(), new Kept(due, Micros.of(at)));
            }
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
                    "connection.undelivered",
                    Optional.of(due.event().organization()),
                    due.event().connection(),
                    Detail.of("event", due.event().type().wire())
                            .with("why", why)
                            .with("attempts", due.tries()));
            return new Stored.Done<>(due);
        });
    }
}
