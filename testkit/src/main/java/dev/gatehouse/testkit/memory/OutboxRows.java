package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What is still to be told, in memory, by what is the primary key in a database.
record OutboxRows<K, N>(Function<Tables, Map<K, Row<N>>> table) {
    /// What is kept, as it was taken last.
    ///
    /// @param due when it is
    /// @param until when it is kept
    record Row<N>(Taken<N> taken, Optional<Instant> due, Instant until) {
        /// What has just happened, and was not taken yet.
        static <N> Row<N> due(N notice, long attempt, Instant since) {
            return new Row<>(new Taken<>(notice, attempt, 0, since), Optional.of(since), Instant.MAX);
        }

        /// The same, never due again.
        Row<N> settled() {
            return new Row<>(taken, Optional.empty(), until);
        }

        boolean isDue(Instant now) {
            return due.filter(at -> !at.isAfter(now)).isPresent();
        }

        private boolean is(Taken<N> other) {
            return due.isPresent()
                    && taken.notice().equals(other.notice())
                    && taken.since().equals(other.since())
                    && taken.attempt() == other.attempt();
        }

        private Row<N> takenAgain(Instant lease) {
            Taken<N> next = new Taken<>(taken.notice(), taken.attempt() + 1, taken.tries(), taken.since());
            return new Row<>(next, Optional.of(Micros.of(lease)), until);
        }
    }

    /// Takes those that are due.
    ///
    /// @param turn asked of each, the oldest first
    List<Taken<N>> take(Tables tables, int most, Predicate<N> turn, Instant now, Instant lease) {
        Map<K, Row<N>> rows = table.apply(tables);
        return rows.entrySet().stream()
                .filter(entry -> entry.getValue().isDue(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().due().orElseThrow()))
                .filter(entry -> turn.test(entry.getValue().taken().notice()))
                .limit(most)
                .toList()
                .stream()
                .map(entry -> {
                    Row<N> next = entry.getValue().takenAgain(lease);
                    rows.put(entry.getKey(), next);
                    return next.taken();
                })
                .toList();
    }

    /// Changes what was taken; false when it is not that attempt's any more.
    boolean change(Tables tables, Taken<N> taken, UnaryOperator<Row<N>> how) {
        Map<K, Row<N>> rows = table.apply(tables);
        boolean there = rows.values().stream().anyMatch(row -> row.is(taken));
        rows.replaceAll((_, row) -> row.is(taken) ? how.apply(row) : row);
        return there;
    }

    /// It is due again then, tried so often.
    boolean again(Tables tables, Taken<N> taken, Instant due) {
        return change(tables, taken, row -> new Row<>(taken, Optional.of(Micros.of(due)), row.until()));
    }

    /// Takes it out; false when it is not that attempt's any more.
    boolean gone(Tables tables, Taken<N> taken) {
        return table.apply(tables).values().removeIf(row -> row.is(taken));
    }
}
