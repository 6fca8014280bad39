package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.store.ResetStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Who asked for a new password, in memory.
record MemoryResets(Writes writes) implements ResetStore {
    /// What the primary key is in a database.
    record Name(String username, Instant at) {}

    /// What is kept, and when it is due.
    record Kept(Due due, Optional<Instant> at) {}

    @Override
    public boolean ask(Asked raw) {
        Asked asked = new Asked(raw.username(), raw.api(), raw.language(), Micros.of(raw.at()));
        return writes.change(tables -> {
            tables.resets.values().removeIf(kept -> over(kept, asked.at()));
            boolean room = tables.resets.values().stream()
                            .filter(kept -> kept.at().isPresent())
                            .count()
                    < MOST;
            long before = tables.resets.keySet().stream()
                    .filter(name -> name.username().equals(asked.username()))
                    .count();
            if (room && before < MOST_OF_NAME) {
                tables.resets.putIfAbsent(
                        new Name(asked.username(), asked.at()),
                        new Kept(new Due(asked, 0, 0), Optional.of(asked.at())));
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
            tables.resets.values().stream()
                    .filter(kept -> kept.at().filter(at -> !at.isAfter(now)).isPresent())
                    .sorted(Comparator.comparing(kept -> kept.at().orElseThrow()))
                    .limit(most)
                    .toList()
                    .forEach(kept -> {
                        Due next = new Due(
                                kept.due().asked(),
                                kept.due().attempt() + 1,
                                kept.due().tries());
                        tables.resets.put(name(next), new Kept(next, Optional.of(Micros.of(now.plus(LEASE)))));
                        taken.add(next);
                    });
            return true;
        });
        return List.copyOf(taken);
    }

    private static Name name(Due due) {
        return new Name(due.asked().username(), due.asked().at());
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
        var _ = writes.change(tables -> tables.resets
                .values()
                .removeIf(kept -> name(kept.due()).equals(name(due))
                        && kept.due().attempt() == due.attempt()));
    }

    private void change(Due due, UnaryOperator<Kept> how) {
        var _ = writes.change(tables -> {
            tables.resets.computeIfPresent(
                    name(due), (_, kept) -> kept.due().attempt() == due.attempt() ? how.apply(kept) : kept);
            return true;
        });
    }
}
