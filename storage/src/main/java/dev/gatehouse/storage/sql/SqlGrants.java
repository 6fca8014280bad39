package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.storage.db.Db;
import dev.gatehouse.storage.db.Lane;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What users granted applications, in SQL. A row is a `code` until that is redeemed, then `used` or, where there
/// are refresh tokens, `live`; and `ended` when it ends before its time.
final class SqlGrants implements GrantStore {
    private static final long FIRST = 1;

    private record Code(Grant grant, String state) {}

    private record Family(String state, long number, Instant rotatedAt, Instant diesAt, Optional<Confirmation> key) {}

    private final Db db;
    private final Writes ofDataPlane;
    private final GrantOpening opening;
    private final GrantEnds ends;
    private final SqlPushedRequests requests;

    SqlGrants(Db db, Writes writes, GrantEnds ends, SqlPushedRequests requests, SqlLogouts logouts) {
        this.db = db;
        this.ofDataPlane = writes.ofDataPlane();
        this.opening = new GrantOpening(db.engine(), ends, logouts);
        this.ends = ends;
        this.requests = requests;
    }

    @Override
    public Stored<Grant> open(
            Grant grant, Digest code, Instant codeEnds, boolean remember, Optional<Digest> pushed, Act act) {
        return open(
                new GrantOpening.Row(grant, code, codeEnds, GrantOpening.CODE),
                remember,
                first(grant, pushed, act),
                act);
    }

    @Override
    public Stored<Grant> openAnswered(
            Grant grant, Digest request, Instant over, boolean remember, Optional<Digest> pushed, Act act) {
        return open(
                new GrantOpening.Row(grant, request, over, GrantOpening.USED),
                remember,
                first(grant, pushed, act),
                act);
    }

    @Override
    public Stored<Grant> openForDevice(Grant grant, Digest code, Instant codeEnds, Act act) {
        return open(
                new GrantOpening.Row(grant, code, codeEnds, GrantOpening.CODE),
                true,
                session -> SqlDevices.answer(session, code, "allowed", act.at()),
                act);
    }

    private Predicate<Session> first(Grant grant, Optional<Digest> pushed, Act act) {
        return session -> pushed.isEmpty() || requests.use(session, pushed.get(), grant, act.at());
    }

    private Stored<Grant> open(GrantOpening.Row row, boolean remember, Predicate<Session> answers, Act act) {
        return ofDataPlane.run(
                Writes.Effect.WIDENS, act, transaction -> opening.run(transaction, row, remember, answers));
    }

    @Override
    public Optional<Coded> coded(List<Digest> code, Id api, Instant now) {
        List<Object> bytes = code.stream().<Object>map(Digest::bytes).toList();
        return db.read(
                Lane.DATA,
                session -> session.one(
                        "SELECT state, code_ends_at, " + GrantColumns.ALL + " FROM user_grant WHERE digest IN "
                                + Ids.in(bytes.size()) + " AND api = ?",
                        row -> new Coded(
                                GrantColumns.grant(row),
                                row.text("state").equals("code")
                                        && now.isBefore(Micros.read(row.number("code_ends_at")))),
                        Ids.padded(bytes, Ids.of(api))));
    }

    @Override
    public Stored<Redeemed> redeem(List<Digest> code, Redemption by, Act act) {
        return ofDataPlane.run(
                SqlGrants::effect, act, transaction -> new Stored.Done<>(redeemed(transaction, code, by)));
    }

    private static Writes.Effect effect(Redeemed redeemed) {
        return redeemed instanceof Redeemed.Again ? Writes.Effect.NARROWS : Writes.Effect.WIDENS;
    }

    private Redeemed redeemed(Transaction transaction, List<Digest> code, Redemption by) {
        Session session = transaction.session();
        List<Object> bytes = code.stream().<Object>map(Digest::bytes).toList();
        String there = " WHERE digest IN " + Ids.in(bytes.size()) + " AND api = ?";
        Instant now = transaction.act().at();
        Optional<Grant> first = session.one(
                "UPDATE user_grant SET state = 'used'" + there + " AND state = 'code' AND code_ends_at > ? RETURNING "
                        + GrantColumns.ALL,
                GrantColumns::grant,
                Ids.padded(bytes, Ids.of(by.api()), Micros.of(now)));
        if (first.isPresent()) {
            return first(transaction, first.get(), by);
        }
        Optional<Code> found = session.one(
                "SELECT state, " + GrantColumns.ALL + " FROM user_grant" + there,
                row -> new Code(GrantColumns.grant(row), row.text("state")),
                Ids.padded(bytes, Ids.of(by.api())));
        if (found.isEmpty() || found.get().state().equals("code")) {
            return new Redeemed.None();
        }
        ends.of(transaction, found.get().grant());
        return new Redeemed.Again(found.get().grant().id());
    }

    /// Burnt, whoever it was that showed it (GAUNTLET B03, B06).
    private static Redeemed first(Transaction transaction, Grant grant, Redemption by) {
        if (!grant.application().equals(by.application()) || !grant.binding().shown(by.binding())) {
            transaction.audit(
                    "grant.refuse",
                    Optional.of(grant.claims().lineage().organization()),
                    grant.id(),
                    Detail.of("application", grant.application()).with("shown_by", by.application()));
            return new Redeemed.Wrong(grant.id());
        }
        boolean goesOn = by.goesOn() && grant.offline();
        Instant now = transaction.act().at();
        transaction
                .session()
                .update(
                        "UPDATE user_grant SET state = ?, number = ?, rotated_at = ?, dies_at = ?, jkt = ? WHERE id = ?",
                        goesOn ? "live" : "used",
                        goesOn ? FIRST : 0L,
                        Micros.of(now),
                        Micros.of(goesOn ? grant.within(by.until()) : by.tokenEnds()),
                        Session.text(by.bound().map(Confirmation::text)),
                        Ids.of(grant.id()));
        return new Redeemed.First(grant);
    }

    @Override
    public Optional<Refreshable> refreshable(Id grant, Instant now) {
        return db.read(Lane.DATA, session -> GrantReads.refreshable(session, grant, now));
    }

    @Override
    public Optional<Grant> living(Id user, Id application, Id api, Id login, Instant now) {
        return db.read(Lane.DATA, session -> GrantReads.living(session, user, application, api, login, now));
    }

    @Override
    public Optional<Asked> asked(Id grant) {
        return db.read(Lane.DATA, session -> GrantReads.asked(session, grant));
    }

    @Override
    public Stored<Rotated> rotate(Grant grant, long number, Instant until, Optional<Confirmation> bound, Act act) {
        return ofDataPlane.run(
                rotated -> rotated instanceof Rotated.Reused ? Writes.Effect.NARROWS : Writes.Effect.WIDENS,
                act,
                transaction -> new Stored.Done<>(rotated(transaction, grant, number, until, bound)));
    }

    private Rotated rotated(
            Transaction transaction, Grant grant, long number, Instant until, Optional<Confirmation> bound) {
        Session session = transaction.session();
        Instant now = transaction.act().at();
        Optional<Long> next = session.one(
                "UPDATE user_grant SET number = number + 1, rotated_at = ?, dies_at = ?, jkt = COALESCE(jkt, ?)"
                        + " WHERE id = ? AND number = ? AND state = 'live' AND dies_at > ?"
                        + " AND (jkt IS NULL OR jkt = ?) RETURNING number",
                row -> row.number("number"),
                Micros.of(now),
                Micros.of(grant.within(until)),
                Session.text(bound.map(Confirmation::text)),
                Ids.of(grant.id()),
                number,
                Micros.of(now),
                Session.text(bound.map(Confirmation::text)));
        if (next.isPresent()) {
            return new Rotated.Next(next.get());
        }
        Optional<Family> found = session.one(
                "SELECT state, number, rotated_at, dies_at, jkt FROM user_grant WHERE id = ?",
                SqlGrants::family,
                Ids.of(grant.id()));
        if (found.isEmpty()
                || !found.get().state().equals("live")
                || !now.isBefore(found.get().diesAt())) {
            return new Rotated.Over();
        }
        Family family = found.get();
        if (family.key().isPresent() && !family.key().equals(bound)) {
            return new Rotated.NotHolder();
        }
        if (number == family.number() - 1 && now.isBefore(family.rotatedAt().plus(GRACE))) {
            return new Rotated.Same(family.number());
        }
        if (number >= family.number()) {
            return new Rotated.Over();
        }
        ends.of(transaction, grant);
        return new Rotated.Reused();
    }

    @Override
    public Stored<Boolean> keep(Grant grant, long number, Act act) {
        return ofDataPlane.run(
                Writes.Effect.WIDENS,
                act,
                transaction -> new Stored.Done<>(transaction
                                .session()
                                .update(
                                        "UPDATE user_grant SET dies_at = ? WHERE id = ? AND number = ?"
                                                + " AND state = 'live' AND dies_at > ?",
                                        Micros.of(grant.claims().expiresAt()),
                                        Ids.of(grant.id()),
                                        number,
                                        Micros.of(act.at()))
                        == 1));
    }

    private static Family family(Row row) {
        return new Family(
                row.text("state"),
                row.number("number"),
                Micros.read(row.number("rotated_at")),
                Micros.read(row.number("dies_at")),
                row.maybeText("jkt").map(Confirmation::of));
    }

    @Override
    public Stored<Id> end(Id grant, Act act) {
        return ofDataPlane.run(Writes.Effect.NARROWS, act, transaction -> {
            Optional<Grant> found = transaction
                    .session()
                    .one(
                            "SELECT " + GrantColumns.ALL + " FROM user_grant WHERE id = ?",
                            GrantColumns::grant,
                            Ids.of(grant));
            found.ifPresent(one -> ends.of(transaction, one));
            return found.isPresent() ? new Stored.Done<>(grant) : new Stored.Missing<>();
        });
    }

    @Override
    public Scopes consented(Id user, Id application, Id api) {
        return db.read(Lane.DATA, session -> Consents.scopes(session, user, application, api));
    }

    @Override
    public AuthorizationDetails consentedDetails(Id user, Id application, Id api) {
        return db.read(Lane.DATA, session -> Consents.details(session, user, application, api));
    }

    @Override
    public List<Consent> consents(Id user) {
        return db.read(Lane.ADMIN, session -> Consents.of(session, user));
    }

    @Override
    public Stored<Long> withdraw(Id user, Id application, Act act) {
        return ofDataPlane.run(Writes.Effect.NARROWS, act, transaction -> {
            Session session = transaction.session();
            Optional<Persons.Locked> person = Persons.locked(session, user);
            if (person.isEmpty()) {
                return new Stored.Missing<>();
            }
            Consents.forget(session, user, application);
            long ended = ends.between(transaction, user, application);
            transaction.audit(
                    "consent.withdraw",
                    person.map(Persons.Locked::home),
                    user,
                    Detail.of("application", application).with("grants", ended));
            return new Stored.Done<>(ended);
        });
    }
}
