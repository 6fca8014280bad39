package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// Who asked for a new password, in memory.
record MemoryResets(Writes writes, OutboxRows<Name, Asked> rows) implements ResetStore {
    /// What the primary key is in a database.
    record Name(String username, int slot) {}

    MemoryResets(Writes writes) {
        this(writes, new OutboxRows<>(tables -> tables.resets));
    }

    /// What a mailbox had since then.
    record Had(Instant hourAt, int inHour, Instant dayAt, int inDay) {
        static final Had NOTHING = new Had(Instant.MIN, 0, Instant.MIN, 0);

        Had one(Instant now) {
            boolean hour = now.isBefore(end(hourAt, Duration.ofHours(1)));
            boolean day = now.isBefore(end(dayAt, Duration.ofDays(1)));
            return new Had(hour ? hourAt : now, hour ? inHour + 1 : 1, day ? dayAt : now, day ? inDay + 1 : 1);
        }

        private static Instant end(Instant at, Duration after) {
            return at.equals(Instant.MIN) ? at : at.plus(after);
        }
    }

    @Override
    public boolean ask(Asked asked, Instant raw) {
        Instant now = Micros.of(raw);
        return writes.change(tables -> {
            tables.resets.values().removeIf(row -> !row.until().isAfter(now));
            boolean room = tables.resets.values().stream()
                            .filter(row -> row.due().isPresent())
                            .count()
                    < MOST;
            if (room && tables.apis.containsKey(asked.api())) {
                Taken<Asked> first = new Taken<>(asked, 0, 0, now);
                IntStream.range(0, MOST_OF_NAME)
                        .mapToObj(slot -> new Name(asked.username(), slot))
                        .filter(name -> !tables.resets.containsKey(name))
                        .findFirst()
                        .ifPresent(name ->
                                tables.resets.put(name, new OutboxRows.Row<>(first, Optional.of(now), now.plus(KEPT))));
            }
            return room;
        });
    }

    @Override
    public List<Taken<Asked>> take(int most, Instant now) {
        List<Taken<Asked>> taken = new ArrayList<>();
        var _ = writes.change(tables -> {
            tables.resets
                    .entrySet()
                    .removeIf(entry -> entry.getValue().isDue(now)
                            && !anybody(tables, entry.getKey().username()));
            taken.addAll(rows.take(tables, most, _ -> true, now, now.plus(lease())));
            return true;
        });
        return List.copyOf(taken);
    }

    private static boolean anybody(Tables tables, String username) {
        return tables.users.values().stream()
                .anyMatch(user ->
                        user.username().equals(username) && !user.standing().revoked());
    }

    @Override
    public boolean room(Taken<Asked> taken, Bytes mailbox, Instant now) {
        AtomicBoolean found = new AtomicBoolean();
        var _ = writes.change(tables -> {
            Had next = tables.mailboxes.getOrDefault(mailbox, Had.NOTHING).one(Micros.of(now));
            found.set(next.inHour() <= MOST_IN_HOUR && next.inDay() <= MOST_IN_DAY);
            if (found.get()) {
                tables.mailboxes.put(mailbox, next);
            } else {
                var _ = settled(tables, taken);
            }
            return true;
        });
        return found.get();
    }

    @Override
    public void delivered(Taken<Asked> taken, Act act) {
        var _ = writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (!settled(tables, taken)) {
                return new Stored.Missing<>();
            }
            Asked asked = taken.notice();
            tables.userByName(asked.username())
                    .ifPresent(user -> transaction.audit(
                            "user.letter",
                            Optional.of(user.organization()),
                            user.id(),
                            Detail.of("about", "password").with("api", asked.api())));
            return new Stored.Done<>(taken);
        });
    }

    private boolean settled(Tables tables, Taken<Asked> taken) {
        return rows.change(tables, taken, OutboxRows.Row::settled);
    }

    @Override
    public Stored<Taken<Asked>> giveUp(Taken<Asked> taken, String why, Act act) {
        return writes.change(tables -> settled(tables, taken)) ? new Stored.Done<>(taken) : new Stored.Missing<>();
    }

    @Override
    public void again(Taken<Asked> taken, Instant due) {
        var _ = writes.change(tables -> rows.again(tables, taken, due));
    }

    @Override
    public void forget(Taken<Asked> taken) {
        var _ = writes.change(tables -> rows.gone(tables, taken));
    }
}
