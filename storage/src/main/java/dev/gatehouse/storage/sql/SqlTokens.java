package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.storage.db.Engine;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/// The dead set in SQL.
final class SqlTokens implements TokenStore {
    /// How long a row stays after its token has expired, for nodes whose clocks are behind.
    private static final Duration KEPT = Duration.ofMinutes(5);

    /// Finds the credential when the token may still count by its generation. One that is lower than the token's
    /// is a credential that was restored from a backup: its token is ended too.
    private static final String COUNTS = "id = ? AND NOT revoked AND generation <= ?";

    /// What is in the set, as far as it is to be counted.
    private static final String OF_ALL = "SELECT 1 AS one FROM dead WHERE expires_at > ? LIMIT ?";

    private static final String OF_CUSTOMER =
            "SELECT 1 AS one FROM dead WHERE charged_to = ? AND expires_at > ? LIMIT ?";

    private static final String BURY = "INSERT INTO dead (kind, id, expires_at, charged_to)"
            + " SELECT CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT)"
            + " FROM credential WHERE " + COUNTS + " AND (SELECT count(*) FROM (" + OF_CUSTOMER + ") AS own) < ?";

    private static final String IF_ANY_IS_LEFT = " AND (SELECT count(*) FROM (" + OF_ALL + ") AS living) < ?";

    private static final String OR_FOR_LONGER = " ON CONFLICT (kind, id) DO UPDATE SET expires_at = excluded.expires_at"
            + " WHERE dead.expires_at < excluded.expires_at";

    /// The highest organization above one, but for the provider's own.
    private static final String CUSTOMER = """
            WITH RECURSIVE up (id) AS (
                SELECT id FROM organization WHERE id = ?
                UNION ALL
                SELECT below.parent FROM up JOIN organization below ON below.id = up.id WHERE below.depth > 2)
            SELECT organization.id AS id FROM up JOIN organization ON organization.id = up.id ORDER BY depth LIMIT 1""";

    private final Writes writes;
    private final Sweep sweep;
    private final Room room;
    private final IntSupplier ended;

    /// @param writes those of the data plane: it is callers who end tokens
    /// @param ended how many this node knows of, at least as many as there were at its last change
    SqlTokens(Engine engine, Writes writes, Room room, IntSupplier ended) {
        this.writes = writes;
        this.ended = ended;
        this.sweep = new Sweep(engine, "dead", "kind, id", "expires_at");
        this.room = room;
    }

    @Override
    public Stored<Ended> revoke(Claims token, Instant lineEnd, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> end(transaction, token, lineEnd));
    }

    private Stored<Ended> end(Transaction transaction, Claims token, Instant lineEnd) {
        Session session = transaction.session();
        Instant now = transaction.act().at();
        sweep.run(session, now.minus(KEPT), SWEPT);
        Id customer = customer(session, token.lineage().organization());
        if (buried(session, token, lineEnd, customer, now)) {
            return ended(transaction, token, lineEnd);
        }
        if (dead(session, token, lineEnd) || !counts(session, token)) {
            return new Stored.Done<>(Ended.BEFORE);
        }
        return used(session, customer, now) >= room.share()
                ? new Stored.Full<>("tokens of this customer that ended before their time")
                : cut(transaction, token);
    }

    /// Ends a token, or what a user granted as one, whatever it takes.
    void end(Transaction transaction, Claims token) {
        if (end(transaction, token, token.expiresAt()) instanceof Stored.Full<Ended>) {
            var _ = cut(transaction, token);
        }
    }

    private static Id customer(Session session, Id organization) {
        return session.one(CUSTOMER, row -> Ids.read(row, "id", Kind.ORGANIZATION), Ids.of(organization))
                .orElse(organization);
    }

    private static boolean dead(Session session, Claims token, Instant lineEnd) {
        return session.one(
                        "SELECT id FROM dead WHERE kind = ? AND id = ? AND expires_at >= ?",
                        row -> row.number("id"),
                        kind(token),
                        Ids.of(token.first()),
                        Micros.of(lineEnd))
                .isPresent();
    }

    private static boolean counts(Session session, Claims token) {
        return session.one(
                        "SELECT id FROM credential WHERE " + COUNTS,
                        row -> Ids.read(row, "id", Kind.CREDENTIAL),
                        Ids.of(token.lineage().credential()),
                        token.lineage().generations().credential())
                .isPresent();
    }

    private long used(Session session, Id customer, Instant now) {
        return session.one(
                        "SELECT count(*) AS used FROM (" + OF_CUSTOMER + ") AS own",
                        row -> row.number("used"),
                        Ids.of(customer),
                        Micros.of(now),
                        (long) room.share())
                .orElseThrow();
    }

    private static String kind(Claims token) {
        return token.first().kind().prefix();
    }

    /// Of several at once that find the last place, all may take it: the bound of what nodes load is higher by
    /// more than that. As long as the node itself knows of less than fit nothing is counted: hundreds of
    /// thousands of rows would be, each time, while SQLite's one writer waits.
    private boolean buried(Session session, Claims token, Instant lineEnd, Id customer, Instant now) {
        Lineage lineage = token.lineage();
        List<Object> values = new ArrayList<>(List.of(
                kind(token),
                Ids.of(token.first()),
                Micros.of(lineEnd),
                Ids.of(customer),
                Ids.of(lineage.credential()),
                lineage.generations().credential(),
                Ids.of(customer),
                Micros.of(now),
                (long) room.share(),
                (long) room.share()));
        boolean spacious = ended.getAsInt() < room.all();
        if (!spacious) {
            values.addAll(List.of(Micros.of(now), (long) room.all(), (long) room.all()));
        }
        return session.update(BURY + (spacious ? "" : IF_ANY_IS_LEFT) + OR_FOR_LONGER, values.toArray()) == 1;
    }

    @Override
    public Stored<Long> supersede(Id credential, Act act) {
        return writes.run(
                Writes.Effect.NARROWS,
                act,
                transaction -> Lines.begin(
                                transaction.session(),
                                credential,
                                transaction.act().at())
                        .<Stored<Long>>map(generation -> {
                            transaction.changed(credential);
                            return new Stored.Done<>(generation);
                        })
                        .orElseGet(Stored.Missing::new));
    }

    @Override
    public Stored<Refreshed> refresh(Id credential, long generation, Instant begunAfter, Act act) {
        return writes.run(
                SqlTokens::effect,
                act,
                transaction -> Lines.refresh(transaction, credential, generation, begunAfter, GRACE)
                        .<Stored<Refreshed>>map(Stored.Done::new)
                        .orElseGet(Stored.Missing::new));
    }

    private static Writes.Effect effect(Refreshed refreshed) {
        return switch (refreshed) {
            case Refreshed.Next _, Refreshed.Reused _ -> Writes.Effect.NARROWS;
            case Refreshed.Same _, Refreshed.Over _ -> Writes.Effect.WIDENS;
        };
    }

    @Override
    public Stored<Ended> revokeLine(Claims token, Act act) {
        return writes.run(
                Writes.Effect.NARROWS,
                act,
                transaction -> cut(
                        transaction,
                        token,
                        "token.revoke",
                        token.first(),
                        Detail.of(
                                        Places.holding(token.lineage().member()),
                                        token.lineage().member())
                                .with("credential", token.lineage().credential())
                                .with("expires_at", token.expiresAt())));
    }

    private static Stored<Ended> ended(Transaction transaction, Claims token, Instant lineEnd) {
        transaction.ended(token.first(), lineEnd);
        transaction.audit(
                token.id().kind() == Kind.GRANT ? "grant.end" : "token.revoke",
                Optional.of(token.lineage().organization()),
                token.first(),
                Detail.of(
                                Places.holding(token.lineage().member()),
                                token.lineage().member())
                        .with("credential", token.lineage().credential())
                        .with("expires_at", lineEnd));
        return new Stored.Done<>(Ended.ALONE);
    }

    /// Kills more, never less (ADR 0001).
    private static Stored<Ended> cut(Transaction transaction, Claims token) {
        return cut(
                transaction,
                token,
                "credential.cut",
                token.lineage().credential(),
                Detail.of("token", token.first()).with("because", "the dead set is full"));
    }

    private static Stored<Ended> cut(Transaction transaction, Claims token, String verb, Id about, Detail detail) {
        Id credential = token.lineage().credential();
        Optional<Id> organization = transaction
                .session()
                .one(
                        "UPDATE credential SET generation = generation + 1, version = version + 1 WHERE " + COUNTS
                                + " RETURNING organization",
                        row -> Ids.read(row, "organization", Kind.ORGANIZATION),
                        Ids.of(credential),
                        token.lineage().generations().credential());
        if (organization.isEmpty()) {
            return new Stored.Done<>(Ended.BEFORE);
        }
        transaction.changed(credential);
        transaction.audit(verb, organization, about, detail);
        return new Stored.Done<>(Ended.WITH_ITS_CREDENTIAL);
    }
}
