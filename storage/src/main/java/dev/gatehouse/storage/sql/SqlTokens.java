package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The dead set in SQL.
final class SqlTokens implements TokenStore {
    /// How long a row stays after its token has expired, for nodes whose clocks are behind.
    private static final Duration KEPT = Duration.ofMinutes(5);

    /// Finds the credential when the token may still count by its generation. One that is lower than the token's
    /// is a credential that was restored from a backup: its token is ended too.
    private static final String COUNTS = "id = ? AND NOT revoked AND generation <= ?";

    private final Writes writes;
    private final Writes ofDataPlane;
    private final int bound;

    /// @param bound the most tokens that are dead and not yet expired
    SqlTokens(Writes writes, int bound) {
        this.writes = writes;
        this.ofDataPlane = writes.ofDataPlane();
        this.bound = bound;
    }

    @Override
    public Stored<Ended> revoke(Claims token, Act act) {
        return writes.run(Writes.Effect.NARROWS, act, transaction -> {
            sweep(transaction.session(), act.at());
            if (buried(transaction.session(), token, act.at())) {
                return ended(transaction, token);
            }
            boolean dead = transaction
                    .session()
                    .one(
                            "SELECT id FROM dead WHERE kind = ? AND id = ?",
                            row -> Ids.read(row, "id", Kind.TOKEN),
                            kind(),
                            Ids.of(token.first()))
                    .isPresent();
            return dead ? new Stored.Done<>(Ended.BEFORE) : cut(transaction, token);
        });
    }

    private static String kind() {
        return Kind.TOKEN.prefix();
    }

    private static void sweep(Session session, Instant now) {
        session.update(
                "DELETE FROM dead WHERE (kind, id) IN"
                        + " (SELECT kind, id FROM dead WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
                Micros.of(now.minus(KEPT)),
                (long) SWEPT);
    }

    /// Of several at once that find the last place, all may take it: the bound of what nodes load is higher by
    /// more than that.
    private boolean buried(Session session, Claims token, Instant now) {
        Lineage lineage = token.lineage();
        return session.update(
                        "INSERT INTO dead (kind, id, expires_at)"
                                + " SELECT CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT) FROM credential WHERE "
                                + COUNTS
                                + " AND (SELECT count(*) FROM"
                                + " (SELECT 1 AS one FROM dead WHERE expires_at > ? LIMIT ?) AS living) < ?"
                                + " ON CONFLICT (kind, id) DO NOTHING",
                        kind(),
                        Ids.of(token.first()),
                        Micros.of(token.lineEnd()),
                        Ids.of(lineage.credential()),
                        lineage.generations().credential(),
                        Micros.of(now),
                        (long) bound,
                        (long) bound)
                == 1;
    }

    @Override
    public Stored<Long> supersede(Id credential, Act act) {
        return ofDataPlane.run(
                Writes.Effect.NARROWS,
                act,
                transaction -> transaction
                        .session()
                        .one(
                                "UPDATE credential SET generation = generation + 1, version = version + 1"
                                        + " WHERE id = ? AND NOT revoked RETURNING generation",
                                row -> row.number("generation"),
                                Ids.of(credential))
                        .<Stored<Long>>map(generation -> {
                            transaction.changed(credential);
                            return new Stored.Done<>(generation);
                        })
                        .orElseGet(Stored.Missing::new));
    }

    private static Stored<Ended> ended(Transaction transaction, Claims token) {
        transaction.changed(token.first());
        transaction.audit(
                "token.revoke",
                Optional.of(token.lineage().organization()),
                token.first(),
                Detail.of("application", token.lineage().application())
                        .with("credential", token.lineage().credential())
                        .with("expires_at", token.lineEnd()));
        return new Stored.Done<>(Ended.ALONE);
    }

    /// Kills more, never less (PROTOCOLS 3).
    private static Stored<Ended> cut(Transaction transaction, Claims token) {
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
        transaction.audit(
                "credential.cut",
                organization,
                credential,
                Detail.of("token", token.first()).with("because", "the dead set is full"));
        return new Stored.Done<>(Ended.WITH_ITS_CREDENTIAL);
    }
}
