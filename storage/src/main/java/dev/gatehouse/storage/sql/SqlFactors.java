package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.FactorStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What proves people a second time, in SQL.
final class SqlFactors implements FactorStore {
    private static final String ALL = "person, totp, since, last_step";

    /// No session has this id.
    private static final Id NOBODY = new Id(Kind.SESSION, 0);

    private final Db db;
    private final Writes writes;
    private final GrantEnds grants;

    SqlFactors(Db db, Writes writes, GrantEnds grants) {
        this.db = db;
        this.writes = writes.ofDataPlane();
        this.grants = grants;
    }

    @Override
    public Factors factors(Id user) {
        return db.read(Lane.DATA, session -> factors(session, user));
    }

    private static Factors factors(Session session, Id user) {
        if (user.kind() != Kind.USER) {
            return new Factors(Optional.empty(), 0);
        }
        Optional<Totp> totp =
                session.one("SELECT " + ALL + " FROM second_factor WHERE person = ?", SqlFactors::read, Ids.of(user));
        long codes = session.one(
                        "SELECT COUNT(*) AS codes FROM recovery_code WHERE person = ?",
                        row -> row.number("codes"),
                        Ids.of(user))
                .orElse(0L);
        return new Factors(totp, (int) codes);
    }

    private static Totp read(Row row) {
        return new Totp(
                Ids.read(row, "person", Kind.USER),
                Encrypted.of(row.bytes("totp")),
                Micros.read(row.number("since")),
                row.number("last_step"));
    }

    @Override
    public Stored<Factors> enrol(Totp totp, List<Digest> codes, Id by, Act act) {
        return enrol(
                totp,
                codes,
                act,
                session -> SqlSessions.kept(session, by, act.at())
                                .filter(totp.user()::equals)
                                .isEmpty()
                        ? Optional.of("the session is over")
                        : Optional.empty(),
                "factor.enrol",
                transaction -> endOthers(transaction, totp.user(), by));
    }

    @Override
    public Stored<Factors> enrolFirst(Totp totp, List<Digest> codes, Act act) {
        return enrol(
                totp,
                codes,
                act,
                session -> factors(session, totp.user()).totp().map(_ -> "the user has a secret"),
                "factor.enrol_first",
                transaction -> endOthers(transaction, totp.user(), NOBODY));
    }

    /// @param unless why it is not done
    /// @param verb of the trail
    /// @param ends what ends with it
    private Stored<Factors> enrol(
            Totp totp,
            List<Digest> codes,
            Act act,
            Function<Session, Optional<String>> unless,
            String verb,
            Consumer<Transaction> ends) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, totp.user());
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            Optional<String> not = person.get().revoked() ? Optional.of("the user is revoked") : unless.apply(session);
            if (not.isPresent()) {
                return new Stored.Conflict<>(not.get());
            }
            session.update("DELETE FROM second_factor WHERE person = ?", Ids.of(totp.user()));
            session.update(
                    "INSERT INTO second_factor (" + ALL + ", tries, tries_from) VALUES (?, ?, ?, ?, 0, 0)",
                    Ids.of(totp.user()),
                    totp.secret().bytes(),
                    Micros.of(totp.since()),
                    totp.lastStep());
            replace(session, totp.user(), codes);
            ends.accept(transaction);
            return done(transaction, verb, person.get(), totp.user());
        });
    }

    /// The row of the user is locked, so nobody opens another meanwhile.
    private void endOthers(Transaction transaction, Id user, Id by) {
        transaction.session().update("DELETE FROM passkey WHERE person = ? AND NOT sure", Ids.of(user));
        transaction
                .session()
                .list(
                        "UPDATE login_session SET ended = TRUE WHERE person = ? AND id <> ? AND NOT ended RETURNING id",
                        row -> Ids.read(row, "id", Kind.SESSION),
                        Ids.of(user),
                        Ids.of(by))
                .forEach(transaction::changed);
        grants.ofOtherLogins(transaction, user, by);
        LogoutNotices.ofOtherLogins(transaction, user, by);
    }

    private static void replace(Session session, Id user, List<Digest> codes) {
        session.update("DELETE FROM recovery_code WHERE person = ?", Ids.of(user));
        codes.forEach(code -> session.update(
                "INSERT INTO recovery_code (digest, pepper, person) VALUES (?, ?, ?)",
                code.bytes(),
                (long) code.pepper(),
                Ids.of(user)));
    }

    private static Stored<Factors> done(Transaction transaction, String verb, Persons.Locked person, Id user) {
        Factors now = factors(transaction.session(), user);
        transaction.audit(verb, Optional.of(person.home()), user, Detail.of("codes", now.codes()));
        return new Stored.Done<>(now);
    }

    @Override
    public Stored<Factors> remove(Id user, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            if (session.update("DELETE FROM second_factor WHERE person = ?", Ids.of(user)) == 0) {
                return new Stored.Done<>(factors(session, user));
            }
            replace(session, user, List.of());
            return done(transaction, "factor.remove", person.get(), user);
        });
    }

    @Override
    public Stored<Factors> renew(Id user, List<Digest> codes, Act act) {
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            if (person.isEmpty() || factors(session, user).totp().isEmpty()) {
                return new Stored.Missing<>();
            }
            replace(session, user, codes);
            return done(transaction, "factor.renew_codes", person.get(), user);
        });
    }

    @Override
    public boolean attempt(Id user, Tried as, Instant now) {
        return switch (as) {
            case APP -> attempt("tries", "tries_from", user, as.most(), now);
            case RECOVERY -> attempt("recovery_tries", "recovery_from", user, as.most(), now);
        };
    }

    /// One statement, so that of many at once each is counted.
    private boolean attempt(String tries, String from, Id user, int most, Instant now) {
        long at = Micros.of(now);
        long begin = Micros.of(now.minus(WINDOW));
        return db.write(
                        Lane.DATA,
                        session -> session.update(
                                "UPDATE second_factor SET " + tries + " = CASE WHEN " + from + " <= ? THEN 1 ELSE "
                                        + tries + " + 1 END, " + from + " = CASE WHEN " + from + " <= ? THEN ? ELSE "
                                        + from + " END WHERE person = ? AND (" + tries + " < ? OR " + from + " <= ?)",
                                begin,
                                begin,
                                at,
                                Ids.of(user),
                                (long) most,
                                begin))
                == 1;
    }

    @Override
    public boolean use(Totp totp, long step) {
        return db.write(
                        Lane.DATA,
                        session -> session.update(
                                "UPDATE second_factor SET last_step = ?, tries = 0, recovery_tries = 0"
                                        + " WHERE person = ? AND since = ? AND last_step < ?",
                                step,
                                Ids.of(totp.user()),
                                Micros.of(totp.since()),
                                step))
                == 1;
    }

    @Override
    public Stored<Factors> recover(Id user, List<Digest> code, Act act) {
        List<Object> bytes = code.stream().<Object>map(Digest::bytes).toList();
        return writes.run(Writes.Effect.WIDENS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            if (person.isEmpty()
                    || session.update(
                                    "DELETE FROM recovery_code WHERE digest IN " + Ids.in(bytes.size())
                                            + " AND person = ?",
                                    Ids.padded(bytes, Ids.of(user)))
                            == 0) {
                return new Stored.Missing<>();
            }
            session.update("UPDATE second_factor SET tries = 0, recovery_tries = 0 WHERE person = ?", Ids.of(user));
            return done(transaction, "factor.recover", person.get(), user);
        });
    }

    @Override
    public List<Totp> totps(Optional<Id> after, int limit) {
        return db.read(
                Lane.ADMIN,
                session -> session.list(
                        "SELECT " + ALL + " FROM second_factor WHERE person > ? ORDER BY person LIMIT ?",
                        SqlFactors::read,
                        Ids.after(after),
                        (long) limit));
    }

    @Override
    public boolean rewrap(Totp before, Encrypted secret) {
        return db.write(
                        Lane.ADMIN,
                        session -> session.update(
                                "UPDATE second_factor SET totp = ? WHERE person = ? AND totp = ?",
                                secret.bytes(),
                                Ids.of(before.user()),
                                before.secret().bytes()))
                == 1;
    }
}
