package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.TokenStore.Line;
import dev.gatehouse.core.store.TokenStore.Refreshed;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The lines of tokens of credentials that have one live token at a time: four columns of the credential. Each
/// step is one conditional write.
final class Lines {
    private record Stood(Id organization, long generation, Line line) {}

    private Lines() {}

    /// Begins a line. The generation that is current then; empty when there is no such credential.
    static Optional<Long> begin(Session session, Id credential, Instant now) {
        return session.one(
                "UPDATE credential SET generation = generation + 1, version = version + 1,"
                        + " line_from = generation + 1, line_to = generation + 1, line_at = ?, refreshed_at = ?"
                        + " WHERE id = ? AND NOT revoked RETURNING generation",
                row -> row.number("generation"),
                Micros.of(now),
                Micros.of(now),
                Ids.of(credential));
    }

    /// The next one of a line. Empty without such a credential.
    static Optional<Refreshed> refresh(
            Transaction transaction, Id credential, long shown, Instant begunAfter, Duration grace) {
        Session session = transaction.session();
        Instant now = transaction.act().at();
        Optional<Line> next = session.one(
                "UPDATE credential SET generation = generation + 1, version = version + 1, line_to = generation + 1,"
                        + " refreshed_at = ? WHERE id = ? AND generation = ? AND line_to = generation AND line_at > ?"
                        + " AND NOT revoked RETURNING generation, line_at, refreshed_at",
                Lines::line,
                Micros.of(now),
                Ids.of(credential),
                shown,
                Micros.of(begunAfter));
        if (next.isPresent()) {
            transaction.changed(credential);
            return Optional.of(new Refreshed.Next(next.get()));
        }
        boolean there = session.one(
                        "SELECT id FROM credential WHERE id = ? AND NOT revoked",
                        row -> row.number("id"),
                        Ids.of(credential))
                .isPresent();
        return there ? Optional.of(used(transaction, credential, shown, begunAfter, grace)) : Optional.empty();
    }

    /// Not the newest one of its line.
    private static Refreshed used(
            Transaction transaction, Id credential, long shown, Instant begunAfter, Duration grace) {
        Optional<Stood> found = transaction
                .session()
                .one(
                        "SELECT organization, generation, line_at, refreshed_at FROM credential"
                                + " WHERE id = ? AND line_to = generation AND line_from <= ? AND generation > ?"
                                + " AND line_at > ?",
                        row -> new Stood(
                                Ids.read(row, "organization", Kind.ORGANIZATION), row.number("generation"), line(row)),
                        Ids.of(credential),
                        shown,
                        shown,
                        Micros.of(begunAfter));
        if (found.isEmpty()) {
            return new Refreshed.Over();
        }
        Stood stood = found.get();
        boolean lost = shown == stood.generation() - 1
                && transaction.act().at().isBefore(stood.line().refreshedAt().plus(grace));
        return lost ? new Refreshed.Same(stood.line()) : reused(transaction, credential, shown, stood);
    }

    /// What was refreshed by whoever it was ends, too, however far it has come by now.
    private static Refreshed reused(Transaction transaction, Id credential, long shown, Stood stood) {
        int ended = transaction
                .session()
                .update(
                        "UPDATE credential SET generation = generation + 1, version = version + 1"
                                + " WHERE id = ? AND line_to = generation AND line_from <= ? AND generation > ?"
                                + " AND NOT revoked",
                        Ids.of(credential),
                        shown,
                        shown);
        if (ended == 1) {
            transaction.changed(credential);
            transaction.audit(
                    "credential.cut",
                    Optional.of(stood.organization()),
                    credential,
                    Detail.of("because", "a refresh token was used twice"));
        }
        return new Refreshed.Reused();
    }

    private static Line line(Row row) {
        return new Line(
                row.number("generation"), Micros.read(row.number("line_at")), Micros.read(row.number("refreshed_at")));
    }
}
