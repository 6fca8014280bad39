package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.DeviceStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Devices that wait for a person, in SQL. A row is `waiting` until it is `allowed` or `denied`.
final class SqlDevices implements DeviceStore {
    /// How long a device waits at most between two questions, however often it asked too soon.
    private static final Duration SLOWEST = Duration.ofMinutes(1);

    private static final String ALL =
            "code_pepper, code, typed_pepper, typed, api, application, scopes, details, dies_at, person, message";

    /// One more, while fewer than these wait for its application.
    private static final String KEEP = "INSERT INTO device_request (" + ALL + ", state, polled_at, pause)"
            + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ? WHERE (SELECT COUNT(*) FROM"
            + " (SELECT 1 AS one FROM device_request WHERE application = ? AND state = 'waiting' AND dies_at > ?"
            + " LIMIT ?) AS waiting) < ?";

    /// And fewer than these for the person, of all applications and of this one.
    private static final String OF_PERSON = " AND (SELECT COUNT(*) FROM (SELECT 1 AS one FROM device_request"
            + " WHERE person = ? AND state = 'waiting' AND dies_at > ? LIMIT ?) AS sent) < ?"
            + " AND (SELECT COUNT(*) FROM device_request WHERE person = ? AND application = ?"
            + " AND state = 'waiting' AND dies_at > ?) < ?";

    private static final String UNIQUE = " ON CONFLICT DO NOTHING";

    private record Found(String state, Instant until) {}

    private final Db db;
    private final Writes writes;
    private final Sweep sweep;
    private final Sweep notices;

    SqlDevices(Db db, Writes writes) {
        this.db = db;
        this.writes = writes.ofDataPlane();
        this.sweep = new Sweep(db.engine(), "device_request", "code", "dies_at");
        this.notices = SqlPings.sweep(db);
    }

    /// Whoever asks for an application takes its turn, and that of the person, so that of many at once each counts
    /// the others; locks are taken in this order.
    @Override
    public Asked ask(Waiting device, Instant now) {
        return db.write(Lane.DATA, session -> {
            sweep.run(session, now.minus(KEPT), SWEPT);
            session.update(
                    "INSERT INTO device_turn (application, turns) VALUES (?, 1)"
                            + " ON CONFLICT (application) DO UPDATE SET turns = device_turn.turns + 1",
                    Ids.of(device.application()));
            device.to().ifPresent(to -> {
                SqlPings.swept(notices, session, now);
                var _ = Persons.locked(session, to.person());
            });
            if (session.update(KEEP + (device.to().isPresent() ? OF_PERSON : "") + UNIQUE, values(device, now)) == 0) {
                return taken(session, device) ? Asked.TAKEN : Asked.FULL;
            }
            device.to().flatMap(Addressed::ping).ifPresent(said -> SqlPings.keep(session, device, said));
            return Asked.KEPT;
        });
    }

    private static Object[] values(Waiting device, Instant now) {
        List<Object> values = new ArrayList<>(List.of(
                (long) device.code().pepper(),
                device.code().bytes(),
                (long) device.typed().pepper(),
                device.typed().bytes(),
                Ids.of(device.api()),
                Ids.of(device.application()),
                Session.text(device.scopes().map(Scopes::text)),
                device.details().text(),
                Micros.of(device.until()),
                Session.number(device.to().map(to -> Ids.of(to.person()))),
                Session.text(device.to().flatMap(Addressed::message)),
                micros(INTERVAL)));
        values.addAll(List.of(Ids.of(device.application()), Micros.of(now), (long) MAX_WAITING, (long) MAX_WAITING));
        device.to().map(Addressed::person).ifPresent(person -> {
            values.addAll(List.of(Ids.of(person), Micros.of(now), (long) LISTED, (long) LISTED));
            values.addAll(List.of(Ids.of(person), Ids.of(device.application()), Micros.of(now), (long) MAX_ADDRESSED));
        });
        return values.toArray();
    }

    private static boolean taken(Session session, Waiting device) {
        return session.one(
                        "SELECT code FROM device_request WHERE code = ? OR typed = ?",
                        row -> row.bytes("code"),
                        device.code().bytes(),
                        device.typed().bytes())
                .isPresent();
    }

    @Override
    public List<Waiting> addressed(Id person, Id api, Instant now) {
        return db.read(
                Lane.DATA,
                session -> session.list(
                        "SELECT " + ALL + " FROM device_request WHERE person = ? AND api = ? AND state = 'waiting'"
                                + " AND dies_at > ? ORDER BY dies_at, code LIMIT ?",
                        SqlDevices::read,
                        Ids.of(person),
                        Ids.of(api),
                        Micros.of(now),
                        (long) LISTED));
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1000;
    }

    @Override
    public Optional<Waiting> waiting(List<Digest> typed, Id api, Instant now) {
        List<Object> bytes = typed.stream().<Object>map(Digest::bytes).toList();
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT " + ALL + " FROM device_request WHERE typed IN " + Ids.in(bytes.size())
                                + " AND api = ? AND state = 'waiting' AND dies_at > ? AND person IS NULL",
                        SqlDevices::read,
                        Ids.padded(bytes, Ids.of(api), Micros.of(now))));
    }

    private static Waiting read(Row row) {
        return new Waiting(
                Digest.of((int) row.number("code_pepper"), row.bytes("code")),
                Digest.of((int) row.number("typed_pepper"), row.bytes("typed")),
                Ids.read(row, "api", Kind.API),
                Ids.read(row, "application", Kind.APPLICATION),
                row.maybeText("scopes").map(Columns::scopes),
                Micros.read(row.number("dies_at")),
                row.maybeNumber("person")
                        .map(_ -> new Addressed(Ids.read(row, "person", Kind.USER), row.maybeText("message"))),
                DetailColumns.read(row));
    }

    /// Answers a device: of any number at once, one is first. A client that wants to be told will be.
    static boolean answer(Session session, Digest code, String state, Instant now) {
        boolean first = session.update(
                        "UPDATE device_request SET state = ? WHERE code = ? AND state = 'waiting' AND dies_at > ?",
                        state,
                        code.bytes(),
                        Micros.of(now))
                == 1;
        if (first) {
            SqlPings.answered(session, code, now);
        }
        return first;
    }

    @Override
    public Stored<Waiting> deny(Waiting device, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            if (!answer(transaction.session(), device.code(), "denied", act.at())) {
                return new Stored.Moved<>();
            }
            transaction.audit(
                    "device.deny",
                    SqlOutbox.home(transaction.session(), device.application()),
                    device.application(),
                    Detail.none());
            return new Stored.Done<>(device);
        });
    }

    /// Whoever comes second waits for the first and then finds that it is too soon.
    @Override
    public Polled poll(List<Digest> code, Id api, Id application, Instant now) {
        List<Object> bytes = code.stream().<Object>map(Digest::bytes).toList();
        String there = " WHERE code IN " + Ids.in(bytes.size()) + " AND api = ? AND application = ?";
        Object[] whose = Ids.padded(bytes, Ids.of(api), Ids.of(application));
        boolean known = db.read(
                        Lane.DATA,
                        session -> session.one(
                                "SELECT polled_at FROM device_request" + there, row -> row.number("polled_at"), whose))
                .isPresent();
        if (!known) { // what somebody made up is no write
            return Polled.NONE;
        }
        return db.write(Lane.DATA, session -> {
            Optional<Found> found = session.one(
                    "UPDATE device_request SET polled_at = ?" + there + " AND polled_at + pause <= ?"
                            + " RETURNING state, dies_at",
                    row -> new Found(row.text("state"), Micros.read(row.number("dies_at"))),
                    Stream.concat(
                                    Stream.of(Micros.of(now)),
                                    Stream.of(Ids.padded(bytes, Ids.of(api), Ids.of(application), Micros.of(now))))
                            .toArray());
            if (found.isPresent()) {
                return polled(found.get(), now);
            }
            int hasty = session.update(
                    "UPDATE device_request SET polled_at = ?, pause = CASE WHEN pause < ? THEN pause + ?"
                            + " ELSE pause END" + there,
                    Stream.concat(Stream.of(Micros.of(now), micros(SLOWEST), micros(SLOWER)), Stream.of(whose))
                            .toArray());
            return hasty == 1 ? Polled.HASTY : Polled.NONE;
        });
    }

    private static Polled polled(Found found, Instant now) {
        return switch (found.state()) {
            case "allowed" -> Polled.ALLOWED;
            case "denied" -> Polled.DENIED;
            default -> now.isBefore(found.until()) ? Polled.PENDING : Polled.OVER;
        };
    }
}
