package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Identity providers, links and trips in SQL.
final class SqlIdentities implements IdentityStore {
    private final Db db;
    private final Writes writes;
    private final Writes ofDataPlane;
    private final Trips trips;
    private final LinkEnds ends;

    SqlIdentities(Db db, Writes writes) {
        this.db = db;
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
        this.trips = new Trips(db);
        this.ends = new LinkEnds(db, writes);
    }

    @Override
    public Stored<Held> add(Held held, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            long there = session.one(
                            "SELECT COUNT(*) AS providers FROM identity_provider", row -> row.number("providers"))
                    .orElse(0L);
            if (there >= MAX_PROVIDERS) {
                return new Stored.Full<>("at most " + MAX_PROVIDERS + " identity providers");
            }
            if (!Insert.into(session, "identity_provider", IdentityColumns.PROVIDER, IdentityColumns.all(held))) {
                return new Stored.Conflict<>("there is a provider of this name or issuer");
            }
            audit(transaction, "identity_provider.add", held.provider());
            return stored(session, held.provider().id());
        });
    }

    private static void audit(Transaction transaction, String verb, IdentityProvider provider) {
        transaction.changed(provider.id());
        transaction.audit(verb, Optional.empty(), provider.id(), IdentityColumns.detail(provider));
    }

    private static Stored<Held> stored(Session session, Id provider) {
        return new Stored.Done<>(IdentityColumns.provider(session, provider).orElseThrow());
    }

    @Override
    public Stored<Held> replace(Held before, Held after, Act act) {
        Stored<Held> replaced = writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            List<Object> values = new ArrayList<>(IdentityColumns.changing(after));
            values.addAll(
                    List.of(Ids.of(before.provider().id()), before.provider().version()));
            String set = String.join(" = ?, ", IdentityColumns.CHANGING.split(", *", -1)) + " = ?";
            int changed = session.update(
                    "UPDATE identity_provider SET " + set + ", version = version + 1 WHERE id = ? AND version = ?",
                    values.toArray());
            if (changed == 0) {
                return why(session, before.provider().id());
            }
            if (before.provider().narrowed(after.provider())) {
                LinkEnds.begin(transaction, before.provider().id());
            }
            audit(transaction, "identity_provider.replace", after.provider());
            return stored(session, before.provider().id());
        });
        return replaced instanceof Stored.Done<Held>(Held held, var receipt)
                ? new Stored.Done<>(held, ends.cut(held.provider().id(), act).or(() -> receipt))
                : replaced;
    }

    private static <T> Stored<T> why(Session session, Id provider) {
        return IdentityColumns.provider(session, provider).isPresent() ? new Stored.Moved<>() : new Stored.Missing<>();
    }

    @Override
    public Stored<Held> remove(Held before, Act act) {
        if (!ends.many(before.provider().id())) {
            return removed(before, act);
        }
        IdentityProvider off = before.provider().off();
        Stored<Held> shut = writes.run(Writes.Effect.WIDENS, LinkEnds.bare(act), transaction -> {
            Session session = transaction.session();
            int changed = session.update(
                    "UPDATE identity_provider SET active = FALSE, version = version + 1 WHERE id = ? AND version = ?",
                    Ids.of(off.id()),
                    off.version());
            audit(transaction, "identity_provider.replace", off);
            return changed == 0 ? why(session, off.id()) : stored(session, off.id());
        });
        if (!(shut instanceof Stored.Done<Held>(Held held, var _))) {
            return shut;
        }
        ends.revoke(off.id(), act);
        return removed(held, act);
    }

    private Stored<Held> removed(Held before, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Id id = before.provider().id();
            // Whoever links meanwhile waits for this row, and then finds that it is gone.
            int locked = session.update(
                    "UPDATE identity_provider SET version = version + 1 WHERE id = ? AND version = ?",
                    Ids.of(id),
                    before.provider().version());
            if (locked == 0) {
                return why(session, id);
            }
            LinkEnds.revoked(transaction, id);
            session.update("DELETE FROM identity_trip WHERE provider = ?", Ids.of(id));
            session.update("DELETE FROM identity_provider WHERE id = ?", Ids.of(id));
            audit(transaction, "identity_provider.remove", before.provider());
            return new Stored.Done<>(before);
        });
    }

    @Override
    public void goOn(Act act) {
        ends.begun().forEach(provider -> ends.cut(provider, act));
    }

    @Override
    public Optional<Held> provider(Id id) {
        return db.read(Lane.DATA, session -> IdentityColumns.provider(session, id));
    }

    @Override
    public List<Held> providers() {
        return db.read(
                Lane.DATA,
                session -> session.list(
                        "SELECT " + IdentityColumns.PROVIDER + " FROM identity_provider ORDER BY name LIMIT ?",
                        IdentityColumns::provider,
                        (long) MAX_PROVIDERS));
    }

    @Override
    public boolean rewrap(Held before, Encrypted secret) {
        return db.write(
                Lane.ADMIN,
                session -> session.update(
                                "UPDATE identity_provider SET secret = ? WHERE id = ? AND secret = ?",
                                secret.bytes(),
                                Ids.of(before.provider().id()),
                                before.secret().orElseThrow().bytes())
                        == 1);
    }

    @Override
    public Optional<Found> linked(IdentityProvider as, String subject) {
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT " + IdentityColumns.LINK + ", (SELECT generation FROM credential"
                                + " WHERE credential.id = identity_link.credential) AS generation"
                                + " FROM identity_link WHERE provider = ? AND subject = ? AND " + Joins.LIVE
                                + " AND EXISTS (SELECT 1 FROM identity_provider"
                                + " WHERE identity_provider.id = identity_link.provider AND active AND version = ?)",
                        row -> new Found(IdentityColumns.link(row), row.number("generation")),
                        Ids.of(as.id()),
                        subject,
                        as.version()));
    }

    @Override
    public List<Link> links(Id user) {
        return user.kind() == Kind.USER
                ? db.read(
                        Lane.DATA,
                        session -> session.list(
                                "SELECT " + IdentityColumns.LINK
                                        + " FROM identity_link WHERE person = ? AND " + Joins.LIVE
                                        + " ORDER BY since, credential LIMIT ?",
                                IdentityColumns::link,
                                Ids.of(user),
                                (long) MAX_PROVIDERS))
                : List.of();
    }

    @Override
    public Stored<Link> link(Link link, Credential credential, Id by, Act act) {
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, link.user());
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (person.get().revoked()) {
                return new Stored.Conflict<>("the user is revoked");
            }
            if (SqlSessions.kept(session, by, act.at())
                    .filter(link.user()::equals)
                    .isEmpty()) {
                return new Stored.Conflict<>("the session is over");
            }
            session.update(
                    "DELETE FROM identity_link WHERE person = ? AND provider = ? AND NOT " + Joins.LIVE,
                    Ids.of(link.user()),
                    Ids.of(link.provider()));
            int there = session.update(
                    "UPDATE identity_provider SET version = version WHERE id = ? AND active", Ids.of(link.provider()));
            return there == 0 ? new Stored.Missing<>() : Joins.linked(transaction, link, credential, "identity.link");
        });
    }

    @Override
    public Stored<Link> join(
            IdentityProvider as, Link link, User user, Membership membership, Credential credential, Act act) {
        return ofDataPlane.run(Writes.Effect.WIDENS, act, transaction -> {
            Optional<Long> joined = Joins.counted(transaction.session(), as, act.at());
            if (joined.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (joined.get() > MAX_JOINS) {
                return new Stored.Full<>("at most " + MAX_JOINS + " new users of a provider in an hour");
            }
            return Joins.joined(transaction, link, user, membership, credential);
        });
    }

    @Override
    public Stored<Link> unlink(Id user, Id credential, Left left, Act act) {
        return ofDataPlane.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            Optional<Link> link = person.isEmpty()
                    ? Optional.empty()
                    : session.one(
                            "DELETE FROM identity_link WHERE credential = ? AND person = ? RETURNING "
                                    + IdentityColumns.LINK,
                            IdentityColumns::link,
                            Ids.of(credential),
                            Ids.of(user));
            if (link.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (left == Left.A_WAY_IN && !Joins.getsIn(session, user)) {
                return new Stored.Conflict<>("nothing would be left to sign in by");
            }
            session.update(
                    "UPDATE credential SET revoked = TRUE, version = version + 1 WHERE id = ? AND NOT revoked",
                    Ids.of(credential));
            session.update("DELETE FROM identity_trip WHERE person = ?", Ids.of(user));
            LinkEnds.over(transaction, credential);
            transaction.changed(user);
            transaction.audit(
                    "identity.unlink",
                    person.map(Persons.Locked::home),
                    user,
                    Detail.of("provider", link.get().provider()).with("credential", credential));
            return new Stored.Done<>(link.get());
        });
    }

    @Override
    public boolean begin(Trip trip) {
        return trips.begin(trip);
    }

    @Override
    public Optional<Trip> take(List<Digest> ticket, Step step, Instant now) {
        return trips.take(ticket, step, now);
    }
}
