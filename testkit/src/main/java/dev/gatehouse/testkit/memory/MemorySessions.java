package dev.gatehouse.testkit.memory;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Open logins in memory.
record MemorySessions(Writes writes, MemoryGrants grants) implements SessionStore {
    private static final Duration KEPT = Duration.ofMinutes(5);

    @Override
    public Stored<Session> open(Session session, Digest digest, Rule rule, Act act) {
        return rule == Rule.REPLACE
                ? writes.narrow(act, transaction -> open(transaction, session, digest, rule))
                : writes.run(act, transaction -> open(transaction, session, digest, rule));
    }

    private Stored<Session> open(Transaction transaction, Session asked, Digest digest, Rule rule) {
        Tables tables = transaction.tables();
        Instant now = transaction.act().at();
        Optional<User> user =
                tables.user(asked.user()).filter(one -> !one.standing().revoked());
        if (user.isEmpty()) {
            return new Stored.Missing<>();
        }
        tables.sessions.values().removeIf(one -> !now.minus(KEPT).isBefore(one.diesAt()));
        if (rule != Rule.MANY) {
            tables.sessions.values().stream()
                    .filter(one -> gone(tables, one, asked, rule, now))
                    .toList()
                    .forEach(one -> over(transaction, one));
        }
        List<Session> open = open(tables, asked.user());
        if (open.stream().filter(one -> now.isBefore(one.diesAt())).count() >= MAX_SESSIONS) {
            return new Stored.Full<>("a user has at most " + MAX_SESSIONS + " sessions");
        }
        if (asked.single() && open.stream().anyMatch(Session::single)) {
            return new Stored.Conflict<>("the user has a session, and may have one");
        }
        Session stored = stored(asked);
        tables.sessions.put(stored.id(), stored);
        tables.sessionsByDigest.put(digest, stored.id());
        audit(transaction, "session.open", stored);
        return new Stored.Done<>(stored);
    }

    private static void audit(Transaction transaction, String verb, Session session) {
        transaction.audit(
                verb,
                Optional.of(session.lineage().organization()),
                session.id(),
                Detail.of("user", session.user())
                        .with("credential", session.lineage().credential())
                        .with("ends_at", session.endsAt())
                        .with("methods", String.join(" ", session.methods())));
    }

    @Override
    public Stored<Session> renew(Session before, Session after, Digest digest, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<Session> there = tables.session(before.id())
                    .filter(one -> !one.ended() && !one.single() && act.at().isBefore(one.diesAt()))
                    .filter(one -> one.openedAt().equals(Micros.of(before.openedAt())))
                    .filter(one -> one.user().equals(after.user()))
                    .filter(one -> one.lineage().member().equals(after.lineage().member())
                            && one.lineage()
                                    .organization()
                                    .equals(after.lineage().organization()));
            if (there.isEmpty()) {
                return new Stored.Missing<>();
            }
            Session stored = stored(renewed(there.get(), after));
            tables.sessionsByDigest.values().removeIf(before.id()::equals);
            tables.sessionsByDigest.put(digest, stored.id());
            tables.sessions.put(stored.id(), stored);
            tables.openedByPasskey.remove(stored.id());
            MemoryLogouts.handOver(tables, stored.id(), stored.id());
            audit(transaction, "session.renew", stored);
            return new Stored.Done<>(stored);
        });
    }

    private static Session renewed(Session before, Session after) {
        return new Session(
                before.id(),
                after.user(),
                after.lineage(),
                after.openedAt(),
                after.endsAt(),
                after.idle(),
                after.seenAt(),
                before.address(),
                before.apis(),
                before.single(),
                before.ended(),
                after.methods());
    }

    /// As a database keeps it.
    private static Session stored(Session asked) {
        return new Session(
                asked.id(),
                asked.user(),
                asked.lineage(),
                Micros.of(asked.openedAt()),
                Micros.of(asked.endsAt()),
                asked.idle(),
                Micros.of(asked.seenAt()),
                asked.address(),
                asked.apis(),
                asked.single(),
                asked.ended(),
                asked.methods());
    }

    private static List<Session> open(Tables tables, Id user) {
        return tables.sessions.values().stream()
                .filter(one -> one.user().equals(user))
                .filter(one -> !one.ended())
                .toList();
    }

    private static boolean gone(Tables tables, Session one, Session asked, Rule rule, Instant now) {
        if (!one.user().equals(asked.user()) || !one.single() || one.ended()) {
            return false;
        }
        boolean cut = one.lineage().member().equals(asked.lineage().member())
                && !one.lineage().generations().equals(asked.lineage().generations());
        boolean other = !one.lineage().credential().equals(asked.lineage().credential())
                || one.lineage().generations().credential()
                        != asked.lineage().generations().credential();
        return rule == Rule.REPLACE || !now.isBefore(one.diesAt()) || other || cut || !member(tables, one);
    }

    /// Whether its membership stands, and nothing of it was cut since.
    private static boolean member(Tables tables, Session one) {
        return tables.membership(one.lineage().member())
                .map(Membership::standing)
                .filter(standing -> !standing.revoked())
                .flatMap(standing ->
                        tables.user(one.user()).map(user -> user.standing().generation() + standing.generation()))
                .filter(generation -> generation == one.lineage().generations().member())
                .isPresent();
    }

    @Override
    public Stored<Session> seen(Session session, Instant asked) {
        Instant now = Micros.of(asked);
        return writes.run(Act.system("sessions", now), transaction -> {
            Optional<Session> used = transaction
                    .tables()
                    .session(session.id())
                    .filter(one -> !one.ended() && one.seenAt().isBefore(now))
                    .filter(one -> one.openedAt().equals(Micros.of(session.openedAt())))
                    .map(one -> one.seen(now));
            used.ifPresent(one -> transaction.tables().sessions.put(one.id(), one));
            return used.<Stored<Session>>map(Stored.Done::new).orElseGet(Stored.Missing::new);
        });
    }

    @Override
    public Stored<Session> end(Id session, Act act) {
        return end(session, act, (transaction, _) -> withIt(transaction, session));
    }

    @Override
    public Stored<Session> follow(Id session, Id by, Act act) {
        return end(session, act, (transaction, ended) -> {
            boolean goesOn = transaction
                    .tables()
                    .session(by)
                    .filter(one -> !one.ended() && act.at().isBefore(one.diesAt()))
                    .filter(one -> one.user().equals(ended.user()))
                    .isPresent();
            if (goesOn) {
                grants.handOver(transaction, session, by);
                MemoryLogouts.handOver(transaction.tables(), session, by);
            } else {
                withIt(transaction, session);
            }
        });
    }

    private void withIt(Transaction transaction, Id session) {
        grants.endOf(transaction, session);
        MemoryLogouts.ofLogin(transaction, session);
    }

    private Stored<Session> end(Id session, Act act, BiConsumer<Transaction, Session> granted) {
        return writes.narrow(act, transaction -> {
            Optional<Session> found = transaction.tables().session(session);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (found.get().ended()) {
                return new Stored.Done<>(found.get());
            }
            transaction.tables().sessions.put(session, found.get().over());
            granted.accept(transaction, found.get());
            transaction.audit(
                    "session.end",
                    Optional.of(found.get().lineage().organization()),
                    session,
                    Detail.of("user", found.get().user()));
            return new Stored.Done<>(found.get().over());
        });
    }

    @Override
    public Stored<Long> endAll(Id user, Act act) {
        return writes.narrow(act, transaction -> {
            Tables tables = transaction.tables();
            Optional<User> found = tables.user(user);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            List<Session> open = open(tables, user);
            open.forEach(one -> over(transaction, one));
            MemoryLogouts.ofMember(transaction, user);
            if (!open.isEmpty()) {
                transaction.audit(
                        "session.end_all",
                        Optional.of(found.get().organization()),
                        user,
                        Detail.of("sessions", open.size()));
            }
            return new Stored.Done<>((long) open.size());
        });
    }

    private void over(Transaction transaction, Session session) {
        transaction.tables().sessions.put(session.id(), session.over());
        withIt(transaction, session.id());
    }

    @Override
    public Stored<Long> endEverything(Id user, Act act) {
        return writes.narrow(act, transaction -> {
            Optional<User> found = transaction.tables().user(user);
            if (found.isEmpty()) {
                return new Stored.Missing<>();
            }
            List<Session> open = open(transaction.tables(), user);
            open.forEach(one -> over(transaction, one));
            MemoryLogouts.ofMember(transaction, user);
            transaction.audit(
                    "user.end_everything",
                    Optional.of(found.get().organization()),
                    user,
                    Detail.of("sessions", open.size()).with("grants", grants.everything(transaction, user)));
            return new Stored.Done<>((long) open.size());
        });
    }

    @Override
    public Optional<Session> session(Id id) {
        return writes.now().session(id);
    }

    @Override
    public Page<Session> sessions(Id user, Slice slice) {
        return Pages.read(writes.now().sessions, one -> one.user().equals(user) && !one.ended(), _ -> "", slice);
    }
}
