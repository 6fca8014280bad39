package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.ConnectSession;
import dev.gatehouse.core.member.ConnectSession.State;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.ConnectSessionStore;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Connect sessions in memory.
record MemoryConnectSessions(Writes writes) implements ConnectSessionStore {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Encrypted NOTHING = Encrypted.of(new byte[0]);
    private static final Set<State> OVER = EnumSet.of(State.FINISHED, State.FAILED);

    /// A session, and the digest of what takes its next step.
    record Row(Held held, Digest digest) {
        private ConnectSession session() {
            return held.session();
        }

        private Row in(State state) {
            return new Row(held.with(session().in(state)), digest);
        }

        private Row over(State state) {
            return new Row(new Held(session().in(state), NOTHING, held.tokenExpiresAt()), digest);
        }

        private boolean awaits(State state, Instant now) {
            return session().state() == state && now.isBefore(session().diesAt());
        }
    }

    @Override
    public Stored<ConnectSession> open(ConnectSession asked, Digest link, Encrypted given, Act act) {
        Text.requireName(asked.name());
        Text.requireName(asked.beganBy());
        return writes.run(act, transaction -> {
            Tables tables = transaction.tables();
            tables.connectSessions
                    .values()
                    .removeIf(
                            row -> !act.at().minus(KEPT).isBefore(row.session().diesAt()));
            Optional<Organization> home = tables.organization(asked.organization());
            if (home.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (home.get().standing().revoked()) {
                return new Stored.Conflict<>("the organization is revoked");
            }
            if (open(tables, asked.organization(), act.at()) >= MAX_OPEN) {
                return new Stored.Full<>("an organization has at most " + MAX_OPEN + " connect sessions at a time");
            }
            ConnectSession stored = cut(asked);
            Row row = new Row(new Held(stored, given, Optional.empty()), link);
            if (tables.connectSessions.putIfAbsent(stored.id(), row) != null) {
                return new Stored.Conflict<>("the id is in use");
            }
            return recorded(
                    transaction,
                    "connect_session.open",
                    stored,
                    Detail.of("platform", stored.platform())
                            .with("connection", stored.connection())
                            .with("again", stored.again())
                            .with("began_by", stored.beganBy()));
        });
    }

    @Override
    public void handedOver(Id api, Id organization, String platform, String page, Act act) {
        var _ = writes.run(act, transaction -> {
            transaction.audit(
                    "connect.hand_over",
                    Optional.of(organization),
                    api,
                    Detail.of("platform", platform).with("page", page));
            return new Stored.Done<>(api);
        });
    }

    @Override
    public int sweep(Instant now) {
        AtomicInteger swept = new AtomicInteger();
        var _ = writes.change(tables -> {
            tables.connectSessions.replaceAll((_, row) -> {
                boolean holds = !now.isBefore(row.session().diesAt())
                        && row.held().sealed().bytes().length > 0;
                swept.addAndGet(holds ? 1 : 0);
                return holds ? row.over(row.session().state()) : row;
            });
            tables.connectSessions.values().removeIf(row -> {
                boolean gone = !now.minus(KEPT).isBefore(row.session().diesAt());
                swept.addAndGet(gone ? 1 : 0);
                return gone;
            });
            return true;
        });
        return swept.get();
    }

    private static long open(Tables tables, Id organization, Instant now) {
        return tables.connectSessions.values().stream()
                .map(Row::session)
                .filter(one -> one.organization().equals(organization))
                .filter(one -> now.isBefore(one.diesAt()) && !OVER.contains(one.state()))
                .count();
    }

    private static ConnectSession cut(ConnectSession it) {
        return new ConnectSession(
                it.id(),
                it.organization(),
                it.api(),
                it.connection(),
                it.again(),
                it.platform(),
                it.name(),
                it.beganBy(),
                it.returnTo(),
                it.state(),
                Micros.of(it.createdAt()),
                Micros.of(it.diesAt()));
    }

    @Override
    public Optional<ConnectSession> session(Id id) {
        return row(writes.now(), id).map(Row::session);
    }

    private static Optional<Row> row(Tables tables, Id id) {
        return Optional.ofNullable(tables.connectSessions.get(id));
    }

    private static Optional<Row> awaiting(Tables tables, Id id, State state, Instant now) {
        return row(tables, id).filter(row -> row.awaits(state, now));
    }

    @Override
    public Optional<Held> linked(List<Digest> link, Instant now) {
        return writes.now().connectSessions.values().stream()
                .filter(row -> row.awaits(State.OPEN, now) && link.contains(row.digest()))
                .map(Row::held)
                .findFirst();
    }

    @Override
    public Stored<ConnectSession> start(Id id, Digest browser, Act act) {
        return writes.run(
                act,
                transaction -> awaiting(transaction.tables(), id, State.OPEN, act.at())
                        .map(row -> put(transaction, new Row(row.held(), browser).in(State.STARTED)))
                        .map(row -> recorded(transaction, "connect_session.start", row.session(), Detail.none()))
                        .orElseGet(() -> why(transaction, id)));
    }

    @Override
    public Stored<Held> take(Id id, List<Digest> browser, Act act) {
        return writes.run(
                act,
                transaction -> awaiting(transaction.tables(), id, State.STARTED, act.at())
                        .filter(row -> browser.contains(row.digest()))
                        .map(row -> put(transaction, row.in(State.RETURNED)))
                        .<Stored<Held>>map(row -> new Stored.Done<>(row.held()))
                        .orElseGet(() -> why(transaction, id)));
    }

    @Override
    public Stored<ConnectSession> hold(
            Id id, Encrypted obtained, Optional<Instant> tokenExpiresAt, Digest code, Act act) {
        return writes.run(
                act,
                transaction -> awaiting(transaction.tables(), id, State.RETURNED, act.at())
                        .map(row -> put(
                                transaction,
                                new Row(
                                        new Held(
                                                row.session().in(State.READY),
                                                obtained,
                                                tokenExpiresAt.map(Micros::of)),
                                        code)))
                        .map(row -> recorded(transaction, "connect_session.ready", row.session(), Detail.none()))
                        .orElseGet(() -> why(transaction, id)));
    }

    @Override
    public Stored<ConnectSession> fail(Id id, String because, Act act) {
        return writes.run(
                act,
                transaction -> row(transaction.tables(), id)
                        .filter(row -> !OVER.contains(row.session().state()))
                        .map(row -> put(transaction, row.over(State.FAILED)))
                        .map(row -> recorded(
                                transaction, "connect_session.fail", row.session(), Detail.of("because", because)))
                        .orElseGet(() -> why(transaction, id)));
    }

    @Override
    public Optional<Held> ready(Id id, List<Digest> code, Instant now) {
        return awaiting(writes.now(), id, State.READY, now)
                .filter(row -> code.contains(row.digest()))
                .map(Row::held);
    }

    @Override
    public Stored<Connection> add(Id id, Connection connection, Encrypted sealed, Act act) {
        return writes.run(
                act,
                transaction -> finished(transaction, id)
                        ? MemoryConnections.added(transaction, connection, sealed)
                        : why(transaction, id));
    }

    @Override
    public Stored<Connection> reconnect(
            Id id, Connection before, Encrypted sealed, Optional<Instant> tokenExpiresAt, Act act) {
        return writes.narrow(
                act,
                transaction -> finished(transaction, id)
                        ? MemoryConnections.reconnected(transaction, before, sealed, tokenExpiresAt)
                        : why(transaction, id));
    }

    private static boolean finished(Transaction transaction, Id id) {
        Optional<Row> ready = awaiting(
                transaction.tables(), id, State.READY, transaction.act().at());
        ready.map(row -> put(transaction, row.over(State.FINISHED)))
                .ifPresent(row -> recorded(
                        transaction,
                        "connect_session.finish",
                        row.session(),
                        Detail.of("connection", row.session().connection())));
        return ready.isPresent();
    }

    private static Row put(Transaction transaction, Row row) {
        transaction.tables().connectSessions.put(row.session().id(), row);
        return row;
    }

    private static Stored<ConnectSession> recorded(
            Transaction transaction, String verb, ConnectSession session, Detail detail) {
        transaction.audit(verb, Optional.of(session.organization()), session.id(), detail);
        return new Stored.Done<>(session);
    }

    private static <T> Stored<T> why(Transaction transaction, Id id) {
        return row(transaction.tables(), id).isPresent() ? new Stored.Moved<>() : new Stored.Missing<>();
    }
}
