package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Notice;
import dev.gatehouse.core.store.OutboxStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Taken;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is still to be told, in SQL, where a row goes once it is told or given up. Letters have [SqlResets] of
/// their own: theirs stay for a while, and what the trail says of them is the other way round.
record SqlOutbox<N extends Notice>(Db db, Writes writes, OutboxRows<N> rows) implements OutboxStore<N> {
    static <N extends Notice> SqlOutbox<N> of(Db db, Writes writes, OutboxRows.Table<N> table) {
        return new SqlOutbox<>(db, writes.ofDataPlane(), new OutboxRows<>(db, table));
    }

    @Override
    public List<Taken<N>> take(int most, Instant now) {
        return rows.due(now)
                ? db.write(Lane.ADMIN, session -> rows.take(session, most, now, now.plus(lease())))
                : List.of();
    }

    @Override
    public void delivered(Taken<N> taken, Act act) {
        var _ = db.write(Lane.ADMIN, session -> rows.gone(session, taken));
    }

    @Override
    public void again(Taken<N> taken, Instant due) {
        rows.again(taken, due);
    }

    @Override
    public Stored<Taken<N>> giveUp(Taken<N> taken, String why, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (!rows.gone(transaction.session(), taken)) {
                return new Stored.Missing<>();
            }
            Notice.Undelivered said = taken.notice().undelivered();
            transaction.audit(
                    said.verb(),
                    said.organization().or(() -> home(transaction.session(), said.target())),
                    said.target(),
                    said.detail().with("why", why).with("attempts", taken.tries()));
            return new Stored.Done<>(taken);
        });
    }

    /// The organization of an application.
    static Optional<Id> home(Session session, Id application) {
        return session.one(
                "SELECT organization FROM application WHERE id = ?",
                row -> Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.of(application));
    }
}
