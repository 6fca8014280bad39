package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Open logins in SQL. The table is `login_session`; a session of the database is another thing.
final class SqlSessions implements SessionStore {
    private static final String COLUMNS = "id, person, membership, organization, credential, credential_generation,"
            + " member_generation, organizations_generation, opened_at, ends_at, idle, seen_at, address, apis, single,"
            + " ended";

    /// How long a row stays after its session is over.
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final Pages<Session> OPEN =
            new Pages<>("login_session", COLUMNS, "NOT ended AND person", SqlSessions::session);

    private final Db db;
    private final Writes writes;
    private final Writes ofDataPlane;
    private final Sweep sweep;

    SqlSessions(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
        this.sweep = new Sweep(db.engine(), "login_session", "id", "dies_at");
    }

    private static Session session(Row row) {
        Lineage lineage = new Lineage(
                Ids.read(row, "organization", Kind.ORGANIZATION),
                Ids.read(row, "membership", Kind.MEMBERSHIP),
                Ids.read(row, "credential", Kind.CREDENTIAL),
                new Generations(
                        row.number("credential_generation"),
                        row.number("member_generation"),
                        0,
                        row.number("organizations_generation")));
        return new Session(
                Ids.read(row, "id", Kind.SESSION),
                Ids.read(row, "person", Kind.USER),
                lineage,
                Micros.read(row.number("opened_at")),
                Micros.read(row.number("ends_at")),
                Duration.ofNanos(row.number("idle") * 1_000),
                Micros.read(row.number("seen_at")),
                row.maybeText("address")
                        .map(text -> AddressBlock.parse(text)
                                .orElseThrow(() -> new IllegalStateException("a stored address is none"))),
                Restriction.ofListed(Fields.read(row.text("apis"), 1).stream()
                        .map(line -> Ids.parse(Kind.API, line.getFirst()))
                        .toList()),
                row.flag("single"),
                row.flag("ended"));
    }

    @Override
    public Stored<Session> open(Session session, Digest digest, Rule rule, Act act) {
        Writes.Effect effect = rule == Rule.REPLACE ? Writes.Effect.NARROWS : Writes.Effect.WIDENS;
        return ofDataPlane.run(effect, act, transaction -> {
            dev.gatehouse.storage.db.Session sql = transaction.session();
            Optional<Boolean> revoked = sql.one(
                    "UPDATE person SET memberships = memberships WHERE id = ? RETURNING revoked",
                    row -> row.flag("revoked"),
                    Ids.of(session.user()));
            if (revoked.isEmpty() || revoked.get()) {
                return new Stored.Missing<>();
            }
            sweep.run(sql, act.at().minus(KEPT), SWEPT);
            if (rule != Rule.MANY) {
                cleared(transaction, session, rule, act.at()).forEach(transaction::changed);
            }
            long open = sql.one(
                            "SELECT COUNT(*) AS open FROM login_session WHERE person = ? AND NOT ended AND dies_at > ?",
                            row -> row.number("open"),
                            Ids.of(session.user()),
                            Micros.of(act.at()))
                    .orElse(0L);
            if (open >= MAX_SESSIONS) {
                return new Stored.Full<>("a user has at most " + MAX_SESSIONS + " sessions");
            }
            if (!insert(sql, session, digest)) {
                return new Stored.Conflict<>("the user has a session, and may have one");
            }
            transaction.changed(session.id());
            transaction.audit(
                    "session.open",
                    Optional.of(session.lineage().organization()),
                    session.id(),
                    Detail.of("user", session.user())
                            .with("credential", session.lineage().credential())
                            .with("ends_at", session.endsAt()));
            return new Stored.Done<>(session(sql, session.id()).orElseThrow());
        });
    }

    /// Takes out of the way what counts no more, and what the new one replaces. The row of the user is locked, so
    /// nobody opens another meanwhile.
    private static List<Id> cleared(Transaction transaction, Session session, Rule rule, Instant now) {
        Lineage lineage = session.lineage();
        return transaction
                .session()
                .list(
                        "UPDATE login_session SET ended = TRUE WHERE person = ? AND single AND NOT ended AND (? = 1"
                                + " OR dies_at <= ? OR credential <> ? OR credential_generation <> ?"
                                + " OR (membership = ? AND (member_generation <> ? OR organizations_generation <> ?))"
                                + " OR NOT EXISTS (SELECT 1 FROM membership JOIN person ON person.id = membership.person"
                                + " WHERE membership.id = login_session.membership AND NOT membership.revoked"
                                + " AND person.generation + membership.generation = login_session.member_generation))"
                                + " RETURNING id",
                        row -> Ids.read(row, "id", Kind.SESSION),
                        Ids.of(session.user()),
                        rule == Rule.REPLACE ? 1L : 0L,
                        Micros.of(now),
                        Ids.of(lineage.credential()),
                        lineage.generations().credential(),
                        Ids.of(lineage.member()),
                        lineage.generations().member(),
                        lineage.generations().organizations());
    }

    private static boolean insert(dev.gatehouse.storage.db.Session sql, Session session, Digest digest) {
        Lineage lineage = session.lineage();
        Generations generations = lineage.generations();
        Fields apis = new Fields();
        session.apis().listed().forEach(api -> apis.line(api.text()));
        List<Object> values = List.of(
                Ids.of(session.id()),
                Ids.of(session.user()),
                Ids.of(lineage.member()),
                Ids.of(lineage.organization()),
                Ids.of(lineage.credential()),
                generations.credential(),
                generations.member(),
                generations.organizations(),
                Micros.of(session.openedAt()),
                Micros.of(session.endsAt()),
                session.idle().toNanos() / 1_000,
                Micros.of(session.seenAt()),
                dev.gatehouse.storage.db.Session.text(session.address().map(AddressBlock::toString)),
                apis.text(),
                session.single(),
                session.ended(),
                (long) digest.pepper(),
                digest.bytes(),
                Micros.of(session.diesAt()));
        return Insert.into(sql, "login_session", COLUMNS + ", pepper, digest, dies_at", values);
    }

    @Override
    public Stored<Session> seen(Session session, Instant now) {
        Session used = session.seen(now);
        return ofDataPlane.run(Writes.Effect.WIDENS, Act.system("sessions", now), transaction -> {
            int changed = transaction
                    .session()
                    .update(
                            "UPDATE login_session SET seen_at = ?, dies_at = ?"
                                    + " WHERE id = ? AND NOT ended AND seen_at < ?",
                            Micros.of(now),
                            Micros.of(used.diesAt()),
                            Ids.of(session.id()),
                            Micros.of(now));
            if (changed == 0) {
                return new Stored.Missing<>();
            }
            transaction.changed(session.id());
            return new Stored.Done<>(used);
        });
    }

    @Override
    public Stored<Session> end(Id session, Act act) {
        return ofDataPlane.run(Writes.Effect.NARROWS, act, transaction -> {
            dev.gatehouse.storage.db.Session sql = transaction.session();
            Optional<Session> ended = sql.one(
                    "UPDATE login_session SET ended = TRUE WHERE id = ? AND NOT ended RETURNING " + COLUMNS,
                    SqlSessions::session,
                    Ids.of(session));
            if (ended.isEmpty()) {
                return session(sql, session)
                        .<Stored<Session>>map(Stored.Done::new)
                        .orElseGet(Stored.Missing::new);
            }
            transaction.changed(session);
            transaction.audit(
                    "session.end",
                    Optional.of(ended.get().lineage().organization()),
                    session,
                    Detail.of("user", ended.get().user()));
            return new Stored.Done<>(ended.get());
        });
    }

    @Override
    public Stored<Long> endAll(Id user, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            dev.gatehouse.storage.db.Session sql = transaction.session();
            Optional<Id> home = sql.one(
                    "SELECT organization FROM person WHERE id = ?",
                    row -> Ids.read(row, "organization", Kind.ORGANIZATION),
                    Ids.of(user));
            if (home.isEmpty()) {
                return new Stored.Missing<>();
            }
            List<Id> ended = sql.list(
                    "UPDATE login_session SET ended = TRUE WHERE person = ? AND NOT ended RETURNING id",
                    row -> Ids.read(row, "id", Kind.SESSION),
                    Ids.of(user));
            ended.forEach(transaction::changed);
            if (!ended.isEmpty()) {
                transaction.audit("session.end_all", home, user, Detail.of("sessions", ended.size()));
            }
            return new Stored.Done<>((long) ended.size());
        });
    }

    @Override
    public Optional<Session> session(Id id) {
        return db.read(Lane.ADMIN, sql -> session(sql, id));
    }

    private static Optional<Session> session(dev.gatehouse.storage.db.Session sql, Id id) {
        return id.kind() == Kind.SESSION
                ? sql.one("SELECT " + COLUMNS + " FROM login_session WHERE id = ?", SqlSessions::session, Ids.of(id))
                : Optional.empty();
    }

    @Override
    public Page<Session> sessions(Id user, Slice slice) {
        return slice.name().isPresent() ? new Page<>(List.of(), false) : OPEN.read(db, user, slice);
    }

    /// Sessions by their digests, in one statement.
    static Map<Digest, Session> read(Db db, Collection<Digest> digests) {
        List<Object> bytes = digests.stream().<Object>map(Digest::bytes).toList();
        Map<Digest, Session> found = new HashMap<>();
        db.read(
                        Lane.VERIFY,
                        sql -> SoundRows.list(
                                sql,
                                "login_session",
                                "SELECT " + COLUMNS + ", pepper, digest FROM login_session WHERE digest IN "
                                        + Ids.in(bytes.size()),
                                row -> Map.entry(
                                        Digest.of((int) row.number("pepper"), row.bytes("digest")), session(row)),
                                Ids.padded(bytes)))
                .forEach(one -> found.put(one.getKey(), one.getValue()));
        return found;
    }
}
