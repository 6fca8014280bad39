package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.RetiredUseStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Uses of routes that go, in SQL. One conditional write says who was the first of a day.
final class SqlRetiredUses implements RetiredUseStore {
    private final Db db;
    private final Writes writes;

    SqlRetiredUses(Db db, Writes writes) {
        this.db = db;
        this.writes = writes.ofCalls();
    }

    @Override
    public boolean used(Use use, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
                    boolean first = transaction
                                    .session()
                                    .update(
                                            """
                            INSERT INTO retired_use (api, path, credential, organization, day) VALUES (?, ?, ?, ?, ?)
                            ON CONFLICT (api, path, credential) DO UPDATE SET day = excluded.day
                            WHERE retired_use.day < excluded.day""",
                                            Ids.of(use.api()),
                                            use.path(),
                                            Ids.of(use.credential()),
                                            Ids.of(use.organization()),
                                            use.day().toEpochDay())
                            == 1;
                    if (first) {
                        transaction
                                .session()
                                .update(
                                        "DELETE FROM retired_use WHERE (api, path, credential) IN"
                                                + " (SELECT api, path, credential FROM retired_use WHERE api = ?"
                                                + " AND day < ? ORDER BY day, path, credential LIMIT ?)",
                                        Ids.of(use.api()),
                                        use.day().minusDays(KEPT_DAYS).toEpochDay(),
                                        (long) SWEPT);
                        transaction.audit(
                                "api.retired_use",
                                Optional.of(use.organization()),
                                use.credential(),
                                Detail.of("api", use.api().text()).with("path", use.path()));
                    }
                    return first ? new Stored.Done<>(use) : new Stored.Conflict<Use>("it is noted for the day");
                })
                instanceof Stored.Done;
    }

    @Override
    public List<Use> uses(Id api) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT api, path, credential, organization, day FROM retired_use WHERE api = ?"
                                + " ORDER BY day DESC, path, credential LIMIT ?",
                        SqlRetiredUses::use,
                        Ids.of(api),
                        (long) MAX_LISTED));
    }

    private static Use use(Row row) {
        return new Use(
                Ids.read(row, "api", Kind.API),
                row.text("path"),
                Ids.read(row, "credential", Kind.CREDENTIAL),
                Ids.read(row, "organization", Kind.ORGANIZATION),
                LocalDate.ofEpochDay(row.number("day")));
    }
}
