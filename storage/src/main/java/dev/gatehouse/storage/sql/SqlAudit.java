package dev.gatehouse.storage.sql;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.AuditFilter;
import dev.gatehouse.core.store.AuditMark;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import dev.gatehouse.core.store.AuditStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.db.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The audit trail in SQL. A row is in a seal when its column `seal` says so, which the seal's own transaction
/// sets and nothing else: whenever a row's transaction is committed, the row is unsealed and the next seal takes
/// it.
final class SqlAudit implements AuditStore {
    private static final String ROWS = "SELECT " + Audit.COLUMNS + " FROM audit ";
    private static final String SEALS =
            "SELECT number, at, first_position, last_position, row_count, entries, root, previous, signature"
                    + " FROM audit_seal ";

    private static final int CHUNK = 64;

    private final Db db;
    private final Audit trail;

    SqlAudit(Db db, Audit trail) {
        this.db = db;
        this.trail = trail;
    }

    @Override
    public List<AuditRow> newest(int limit) {
        return rows("ORDER BY position DESC LIMIT ?", (long) Pages.size(limit));
    }

    @Override
    public Page<AuditRow> search(AuditFilter filter, Optional<AuditMark> after, int limit) {
        Conditions conditions = new Conditions();
        filter.actor().ifPresent(id -> conditions.add(actor(id) + " = ?", Ids.of(id)));
        filter.organization().ifPresent(id -> conditions.add("organization = ?", Ids.of(id)));
        filter.verb().ifPresent(verb -> conditions.add("verb = ?", verb));
        filter.target().ifPresent(id -> {
            conditions.add("target = ?", Ids.of(id));
            conditions.add("target_kind = ?", id.kind().prefix());
        });
        filter.from().ifPresent(from -> conditions.add("at >= ?", Micros.of(from)));
        filter.to().ifPresent(to -> conditions.add("at < ?", Micros.of(to)));
        after.ifPresent(mark -> conditions.add("(at, position) < (?, ?)", Micros.of(mark.at()), mark.position()));
        int size = Pages.size(limit);
        List<AuditRow> found =
                rows(conditions.where() + "ORDER BY at DESC, position DESC LIMIT ?", conditions.parameters(size + 1L));
        return Page.cut(found, size);
    }

    private static String actor(Id id) {
        return switch (id.kind()) {
            case ORGANIZATION -> "actor_organization";
            case APPLICATION -> "actor_application";
            case USER -> "actor_user";
            case CREDENTIAL -> "actor_credential";
            case CUSTOMER,
                    MEMBERSHIP,
                    SESSION,
                    CONNECTION,
                    API,
                    ROUTE,
                    ROLE,
                    KEY,
                    TOKEN,
                    GRANT,
                    CONNECT_SESSION,
                    IDENTITY_PROVIDER,
                    NODE ->
                throw new IllegalArgumentException("an actor is an organization, application, user or credential");
        };
    }

    @Override
    public List<AuditRow> unsealed(int limit) {
        return rows("WHERE seal IS NULL ORDER BY position LIMIT ?", (long) Pages.size(limit));
    }

    @Override
    public List<AuditRow> sealed(long seal, int limit) {
        return rows("WHERE seal = ? ORDER BY position LIMIT ?", seal, (long) Pages.size(limit));
    }

    @Override
    public List<AuditRow> strays(int limit) {
        return rows(
                "WHERE seal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM audit_seal WHERE number = seal)"
                        + " ORDER BY position LIMIT ?",
                (long) Pages.size(limit));
    }

    @Override
    public List<AuditSeal> seals(long after, int limit) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        SEALS + "WHERE number > ? ORDER BY number LIMIT ?", SqlAudit::readSeal, after, (long)
                                Pages.size(limit)));
    }

    @Override
    public Optional<AuditSeal> lastSeal() {
        return db.read(Lane.ADMIN, session -> session.one(SEALS + "ORDER BY number DESC LIMIT 1", SqlAudit::readSeal));
    }

    /// The unique number is the fence, the count of rows that were marked the check: of two that sealed at once
    /// one finds the number taken, and who looked before the other had committed finds rows that are marked
    /// already.
    @Override
    public boolean seal(AuditSeal seal, List<Long> positions) {
        try {
            return db.write(Lane.ADMIN, session -> sealed(session, seal, positions));
        } catch (Taken e) {
            return false;
        }
    }

    private static boolean sealed(Session session, AuditSeal seal, List<Long> positions) {
        session.update(
                "INSERT INTO audit_seal (number, at, first_position, last_position, row_count, entries, root, previous,"
                        + " signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                seal.number(),
                Micros.of(seal.at()),
                seal.first(),
                seal.last(),
                seal.count(),
                seal.entries().toArray(),
                seal.root().toArray(),
                seal.previous().toArray(),
                seal.signature());
        int marked = 0;
        for (int from = 0; from < positions.size(); from += CHUNK) {
            marked += mark(session, seal.number(), positions.subList(from, Math.min(positions.size(), from + CHUNK)));
        }
        boolean all = marked == positions.size();
        if (!all) {
            session.rollbackOnly();
        }
        return all;
    }

    private static int mark(Session session, long number, List<Long> positions) {
        List<Object> parameters = new ArrayList<>(List.of(number));
        parameters.addAll(List.of(Ids.padded(List.copyOf(positions))));
        return session.update(
                "UPDATE audit SET seal = ? WHERE seal IS NULL AND position IN " + Ids.in(positions.size()),
                parameters.toArray());
    }

    private List<AuditRow> rows(String rest, Object... parameters) {
        return db.read(Lane.ADMIN, session -> session.list(ROWS + rest, trail::read, parameters));
    }

    private static AuditSeal readSeal(Row row) {
        return new AuditSeal(
                row.number("number"),
                Micros.read(row.number("at")),
                row.number("first_position"),
                row.number("last_position"),
                row.number("row_count"),
                Bytes.of(row.bytes("entries")),
                Bytes.of(row.bytes("root")),
                Bytes.of(row.bytes("previous")),
                row.text("signature"));
    }

    /// The conditions of a search: one of few statement texts for each set of filters.
    private static final class Conditions {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        void add(String condition, Object... values) {
            conditions.add(condition);
            parameters.addAll(List.of(values));
        }

        String where() {
            return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions) + " ";
        }

        Object[] parameters(long limit) {
            List<Object> all = new ArrayList<>(parameters);
            all.add(limit);
            return all.toArray();
        }
    }
}
