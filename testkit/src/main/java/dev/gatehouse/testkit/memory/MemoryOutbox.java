package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Notice;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is still to be told, in memory, where it goes once it is told or given up. Each application that is told
/// gets its turn; of a connection there is one event at most.
record MemoryOutbox<K, N extends Notice>(Writes writes, OutboxRows<K, N> rows) implements OutboxStore<N> {
    MemoryOutbox(Writes writes, Function<Tables, Map<K, OutboxRows.Row<N>>> table) {
        this(writes, new OutboxRows<>(table));
    }

    @Override
    public List<Taken<N>> take(int most, Instant now) {
        List<Taken<N>> taken = new ArrayList<>();
        Map<Id, Integer> had = new HashMap<>();
        var _ = writes.change(tables -> taken.addAll(rows.take(
                tables,
                most,
                notice -> had.merge(notice.undelivered().target(), 1, Integer::sum) <= OF_APPLICATION,
                now,
                now.plus(lease()))));
        return List.copyOf(taken);
    }

    @Override
    public void delivered(Taken<N> taken, Act act) {
        var _ = writes.change(tables -> rows.gone(tables, taken));
    }

    @Override
    public void again(Taken<N> taken, Instant due) {
        var _ = writes.change(tables -> rows.again(tables, taken, due));
    }

    @Override
    public Stored<Taken<N>> giveUp(Taken<N> taken, String why, Act act) {
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            if (!rows.gone(tables, taken)) {
                return new Stored.Missing<>();
            }
            Notice.Undelivered said = taken.notice().undelivered();
            transaction.audit(
                    said.verb(),
                    said.organization()
                            .or(() -> tables.application(said.target()).map(Application::organization)),
                    said.target(),
                    said.detail().with("why", why).with("attempts", taken.tries()));
            return new Stored.Done<>(taken);
        });
    }
}
