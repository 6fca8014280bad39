package dev.gatehouse.storage.feed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.db.Session;
import dev.gatehouse.storage.db.Stored64;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// The feed of a PostgreSQL that several nodes share, read by snapshot difference (ADR 0001): each change
/// comes exactly once, at the first poll after its commit, whatever other transactions are open. `seq > last`
/// would lose what commits out of order.
public final class SharedFeed implements ChangeWriter {
    /// How long rows are kept. A node away longer drops its facts.
    public static final Duration KEPT = Duration.ofHours(1);

    /// What one poll read.
    ///
    /// @param position the snapshot, as text; the next poll starts from it, and a node reports it as applied
    /// @param timeline the WAL timeline; it grows with each promotion
    /// @param replicated whether a commit waits for a synchronous standby
    /// @param micros the database's clock
    public record Poll(String position, long timeline, boolean replicated, long micros, List<Change> changes) {}

    private static final String HERE = """
            SELECT pg_current_snapshot()::text AS position,
                   ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::bigint AS timeline,
                   current_setting('synchronous_standby_names') <> ''
                       AND current_setting('synchronous_commit') IN ('on', 'remote_write', 'remote_apply') AS replicated,
                   CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint) AS micros""";

    /// A dead token is read with its end, which was committed with the change.
    private static final String SINCE = """
            WITH past AS (SELECT CAST(? AS pg_snapshot) AS snapshot),
                 bounds AS (
                     SELECT pg_snapshot_xmax(snapshot)::text::bigint AS past_xmax,
                            pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS here_xmax
                     FROM past)
            SELECT news.kind AS kind, news.id AS id, dead.expires_at AS expires_at
            FROM (SELECT kind, id FROM change, bounds WHERE txid >= past_xmax AND txid < here_xmax
                  UNION ALL
                  SELECT kind, id FROM change
                  WHERE txid = ANY (ARRAY(SELECT xip::text::bigint FROM past, pg_snapshot_xip(snapshot) AS xip))) AS news
            LEFT JOIN dead ON dead.kind = news.kind AND dead.id = news.id""";

    @Override
    public long publish(Session session, List<Change> changes) {
        for (Change change : changes) {
            session.update(
                    "INSERT INTO change (kind, id) VALUES (?, ?)", change.kind().prefix(), Stored64.of(change.id()));
        }
        return session.one("SELECT pg_current_xact_id()::text::bigint AS txid", row -> row.number("txid"))
                .orElseThrow();
    }

    @Override
    public List<Id> older(Session session, long format) {
        return NodeTable.older(session, format);
    }

    /// Where the feed is now: everything committed before is behind this position. Facts may be read only after
    /// it was taken.
    public Poll baseline(Session session) {
        return session.one(
                        HERE,
                        row -> new Poll(
                                row.text("position"),
                                row.number("timeline"),
                                row.flag("replicated"),
                                row.number("micros"),
                                List.of()))
                .orElseThrow();
    }

    /// What was committed since a position; without kinds that only a later release knows, of which nothing is in
    /// memory here. The session's transaction is `REPEATABLE_READ`, so that both
    /// statements see one snapshot.
    public Poll poll(Session session, String position) {
        Poll here = baseline(session);
        List<Stream<Change>> changes = session.list(
                SINCE,
                row -> Kind.of(row.text("kind"))
                        .map(kind -> new Change(
                                kind,
                                Stored64.read(row.number("id")),
                                row.maybeNumber("expires_at").map(SharedFeed::time)))
                        .stream(),
                position);
        return new Poll(
                here.position(),
                here.timeline(),
                here.replicated(),
                here.micros(),
                changes.stream().flatMap(Function.identity()).toList());
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// Whether a transaction is behind a position.
    public boolean covers(Session session, String position, long txid) {
        return session.one(
                        "SELECT pg_visible_in_snapshot(CAST(CAST(? AS text) AS xid8), CAST(? AS pg_snapshot)) AS visible",
                        row -> row.flag("visible"),
                        Long.toString(txid),
                        position)
                .orElseThrow();
    }

    /// Deletes what is older than [#KEPT] by the database's clock.
    public int purge(Session session) {
        return session.update(
                "DELETE FROM change WHERE at < CAST(extract(epoch FROM now()) * 1000000 AS bigint) - ?",
                KEPT.toSeconds() * 1_000_000);
    }
}
