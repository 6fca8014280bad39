package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.ResetStore;
import dev.gatehouse.core.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Who asked for a new password, in memory.
record MemoryResets(Writes writes) implements ResetStore {
    /// What the primary key is in a database.
    record Name(String username, int slot) {}

    /// What is kept, and when it is due.
    record Kept(Due due, Optional<Instant> at) {}

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
    public boolean ask(Asked raw) {
        Asked asked = new Asked(raw.username(), raw.api(), raw.language(), Micros.of(raw.at()));
        return writes.change(tables -> {
            tables.resets.values().removeIf(kept -> over(kept, asked.at()));
            boolean room = tables.resets.values().stream()
                            .filter(kept -> kept.at().isPresent())
                            .count()
                    < MOST;
            if (room && tables.apis.containsKey(asked.api())) {
                IntStream.range(0, MOST_OF_NAME)
                        .mapToObj(slot -> new Name(asked.username(), slot))
                        .filter(name -> !tables.resets.containsKey(name))
                        .findFirst()
                        .ifPresent(name ->
                                tables.resets.put(name, new Kept(new Due(asked, 0, 0), Optional.of(asked.at()))));
            }
            return room;
        });
    }

    private static boolean over(Kept kept, Instant now) {
        return !kept.due().asked().at().plus(KEPT).isAfter(now);
    }

    @Override
    public List<Due> take(int most, Instant now) {
        List<Due> taken = new ArrayList<>();
        var _ = writes.change(tables -> {
            tables.resets
                    .entrySet()
                    .removeIf(entry -> due(entry.getValue(), now)
                            && !anybody(tables, entry.getKey().username()));
            tables.resets.entrySet().stream()
                    .filter(entry -> due(entry.getValue(), now))
                    .sorted(Comparator.comparing(entry -> entry.getValue().at().orElseThrow()))
                    .limit(most)
                    .toList()
                    .forEach(entry -> {
                        Due due = entry.getValue().due();
                        Due next = new Due(due.asked(), due.attempt() + 1, due.tries());
                        tables.resets.put(entry.getKey(), new Kept(next, Optional.of(Micros.of(now.plus(LEASE)))));
                        taken.add(next);
                    });
            return true;
        });
        return List.copyOf(taken);
    }

    private static boolean due(Kept kept, Instant now) {
        return kept.at().filter(at -> !at.isAfter(now)).isPresent();
    }

    private static boolean anybody(Tables tables, String username) {
        return tables.users.values().stream()
                .anyMatch(user ->
                        user.username().equals(username) && !user.standing().revoked());
    }

    private static boolean same(Kept kept, Due due) {
        return kept.due().asked().username().equals(due.asked().username())
                && kept.due().asked().at().equals(due.asked().at())
                && kept.due().attempt() == due.attempt();
    }

    @Override
    public boolean room(Due due, Bytes mailbox, Instant now) {
        AtomicBoolean found = new AtomicBoolean();
        var _ = writes.change(tables -> {
            Had next = tables.mailboxes
                    .getOrDefault(mailbox, Had.NOTHING)
                    .one(Micros.of(now));
            found.set(next.inHour() <= MOST_IN_HOUR && next.inDay() <= MOST_IN_DAY);
            if (found.get()) {
                tables.mailboxes.put(mailbox, next);
            } else {
                Due over = new Due(due.asked(), due.attempt() + 1, due.tries());
                tables.resets.replaceAll((_, kept) -> same(kept, due) ? new Kept(over, Optional.empty()) : kept);
            }
            return true;
        });
        return found.get();
    }

    @Override
    public Stored<Due> sent(Due due, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (tables.resets.values().stream().noneMatch(kept -> same(kept, due))) {
                return new Stored.Missing<>();
            }
            tables.resets.replaceAll((_, kept) -> same(kept, due) ? new Kept(kept.due(), Optional.empty()) : kept);
            tables.users.values().stream()
                    .filter(user -> user.username().equals(due.asked().username()))
                    .findFirst()
                    .ifPresent(user -> transaction.audit(
                            "user.letter",
                            Optional.of(user.organization()),
                            user.id(),
                            Detail.of("about", "password")
                                    .with("api", due.asked().api())));
            return new Stored.Done<>(due);
        });
    }

    @Override
    public void done(Due due) {
        change(due, kept -> new Kept(kept.due(), Optional.empty()));
    }

    @Override
    public void again(Due due, Instant at) {
        change(due, _ -> new Kept(due, Optional.of(Micros.of(at))));
    }

    @Override
    public void forget(Due due) {
        var _ = writes.change(tables -> tables.resets.values().removeIf(kept -> same(kept, due)));
    }

    private void change(Due due, UnaryOperator<Kept> how) {
        var _ = writes.change(tables -> {
            tables.resets.replaceAll((_, kept) -> same(kept, due) ? how.apply(kept) : kept);
            return true;
        });
    }
}
