package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Open logins in SQL. The table is `login_session`; a session of the database is another thing.
final class SqlSessions implements SessionStore {
    /// How long a row stays after its session is over.
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final Pages<Session> OPEN =
            new Pages<>("login_session", SessionColumns.ALL, "NOT ended AND person", SessionColumns::session);

    private final Db db;
    private final Writes writes;
    private final Writes ofDataPlane;
    private final Sweep sweep;
    private final GrantEnds grants;

    SqlSessions(Db db, Writes writes, GrantEnds grants) {
        this.db = db;
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
        this.sweep = new Sweep(db.engine(), "login_session", "id", "dies_at");
        this.grants = grants;
    }

    @Override
    public Stored<Session> open(Session session, Digest digest, Rule rule, Act act) {
        Writes.Effect effect = rule == Rule.REPLACE ? Writes.Effect.NARROWS : Writes.Effect.WIDENS;
        return ofDataPlane.run(effect, act, transaction -> {
            dev.gatehouse.storage.db.Session sql = transaction.session();
            if (Persons.locked(sql, session.user())
                    .filter(user -> !user.revoked())
                    .isEmpty()) {
                return new Stored.Missing<>();
            }
            sweep.run(sql, act.at().minus(KEPT), SWEPT);
            if (rule != Rule.MANY) {
                cleared(transaction, session, rule, act.at()).forEach(over -> over(transaction, over));
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
            if (!SessionColumns.insert(sql, session, digest)) {
                return new Stored.Conflict<>("the user has a session, and may have one");
            }
            transaction.changed(session.id());
            transaction.audit(
                    "session.open", Optional.of(session.lineage().organization()), session.id(), opened(session));
            return new Stored.Done<>(session(sql, session.id()).orElseThrow());
        });
    }

    static Detail opened(Session session) {
        return Detail.of("user", session.user())
                .with("credential", session.lineage().credential())
                .with("ends_at", session.endsAt())
                .with("methods", String.join(" ", session.methods()));
    }

    @Override
    public Stored<Session> renew(Session before, Session after, Digest digest, Act act) {
        return ofDataPlane.run(
                Writes.Effect.NARROWS, act, transaction -> SessionRenewal.run(transaction, before, after, digest));
    }

    private void over(Transaction transaction, Id session) {
        transaction.changed(session);
        withIt(transaction, session);
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

    @Override
    public Stored<Session> seen(Session session, Instant now) {
        Session used = session.seen(now);
        return ofDataPlane.run(Writes.Effect.WIDENS, Act.system("sessions", now), transaction -> {
            int changed = transaction
                    .session()
                    .update(
                            "UPDATE login_session SET seen_at = ?, dies_at = ?"
                                    + " WHERE id = ? AND opened_at = ? AND NOT ended AND seen_at < ?",
                            Micros.of(now),
                            Micros.of(used.diesAt()),
                            Ids.of(session.id()),
                            Micros.of(session.openedAt()),
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
        return end(session, act, (transaction, _) -> withIt(transaction, session));
    }

    @Override
    public Stored<Session> follow(Id session, Id by, Act act) {
        return end(session, act, (transaction, ended) -> {
            if (kept(transaction.session(), by, act.at())
                    .filter(ended.user()::equals)
                    .isPresent()) {
                grants.handOver(transaction, session, by);
                LogoutNotices.handOver(transaction.session(), session, by);
            } else {
                withIt(transaction, session);
            }
        });
    }

    /// What ends with a login, and who hears of it.
    private void withIt(Transaction transaction, Id session) {
        grants.ofLogin(transaction, session);
        LogoutNotices.ofLogin(transaction, session);
    }

    private Stored<Session> end(Id session, Act act, BiConsumer<Transaction, Session> granted) {
        return ofDataPlane.run(Writes.Effect.NARROWS, act, transaction -> {
            dev.gatehouse.storage.db.Session sql = transaction.session();
            Optional<Session> ended = sql.one(
                    "UPDATE login_session SET ended = TRUE WHERE id = ? AND NOT ended RETURNING " + SessionColumns.ALL,
                    SessionColumns::session,
                    Ids.of(session));
            if (ended.isEmpty()) {
                return session(sql, session)
                        .<Stored<Session>>map(Stored.Done::new)
                        .orElseGet(Stored.Missing::new);
            }
            transaction.changed(session);
            granted.accept(transaction, ended.get());
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
            Optional<Persons.Locked> person = Persons.locked(transaction.session(), user);
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            long ended = allOver(transaction, user);
            if (ended > 0) {
                transaction.audit(
                        "session.end_all", person.map(Persons.Locked::home), user, Detail.of("sessions", ended));
            }
            return new Stored.Done<>(ended);
        });
    }

    /// Applications keep sessions of their own for longer than rows of logins that nobody uses are kept: whatever
    /// the person signed in to is told, not only what those logins know of.
    private long allOver(Transaction transaction, Id user) {
        List<Id> ended = transaction
                .session()
                .list(
                        "UPDATE login_session SET ended = TRUE WHERE person = ? AND NOT ended RETURNING id",
                        row -> Ids.read(row, "id", Kind.SESSION),
                        Ids.of(user));
        ended.forEach(one -> {
            transaction.changed(one);
            grants.ofLogin(transaction, one);
        });
        LogoutNotices.ofMember(transaction, user);
        return ended.size();
    }

    @Override
    public Stored<Long> endEverything(Id user, Act act) {
        return ofDataPlane.run(Writes.Effect.NARROWS, act, transaction -> {
            Optional<Persons.Locked> person = Persons.locked(transaction.session(), user);
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            long sessions = allOver(transaction, user);
            Consents.forgetAll(transaction.session(), user);
            transaction.audit(
                    "user.end_everything",
                    person.map(Persons.Locked::home),
                    user,
                    Detail.of("sessions", sessions).with("grants", grants.ofUser(transaction, user)));
            return new Stored.Done<>(sessions);
        });
    }

    /// Whose a session is, which does not end before the transaction does; empty when it is over.
    static Optional<Id> kept(dev.gatehouse.storage.db.Session sql, Id session, Instant now) {
        return sql.one(
                "UPDATE login_session SET seen_at = seen_at WHERE id = ? AND NOT ended AND dies_at > ?"
                        + " RETURNING person",
                row -> Ids.read(row, "person", Kind.USER),
                Ids.of(session),
                Micros.of(now));
    }

    @Override
    public Optional<Session> session(Id id) {
        return db.read(Lane.DATA, sql -> session(sql, id));
    }

    private static Optional<Session> session(dev.gatehouse.storage.db.Session sql, Id id) {
        return id.kind() == Kind.SESSION
                ? sql.one(
                        "SELECT " + SessionColumns.ALL + " FROM login_session WHERE id = ?",
                        SessionColumns::session,
                        Ids.of(id))
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
                                "SELECT " + SessionColumns.ALL + ", pepper, digest FROM login_session WHERE digest IN "
                                        + Ids.in(bytes.size()),
                                row -> Map.entry(
                                        Digest.of((int) row.number("pepper"), row.bytes("digest")),
                                        SessionColumns.session(row)),
                                Ids.padded(bytes)))
                .forEach(one -> found.put(one.getKey(), one.getValue()));
        return found;
    }
}
