package dev.gatehouse.storage.feed;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.List;

/// The statements on the node table. No column holds a time: clocks of different machines are never compared.
final class NodeTable {
    private NodeTable() {}

    /// Makes the row of a joining node, or takes the one of its earlier join. Only a process that has stopped
    /// serving joins, and no two processes share an id, so nobody's lease is forgotten here.
    static void join(Session session, long id, long boot, long version) {
        session.update("""
                INSERT INTO node (id, boot, beat, applied, state, version) VALUES (?, ?, 0, ?, 'live', ?)
                ON CONFLICT (id) DO UPDATE
                SET boot = excluded.boot, beat = 0, applied = excluded.applied, state = 'live', version = excluded.version""", id, boot, Position.NOTHING.text(), version);
    }

    /// Whether the node may go on: false when it was fenced.
    static boolean beat(Session session, long id, long boot, Position applied) {
        return session.one("""
                        UPDATE node SET beat = beat + 1, applied = ?
                        WHERE id = ? AND boot = ? AND state = 'live'
                        RETURNING beat""", row -> row.number("beat"), applied.text(), id, boot)
                .isPresent();
    }

    static List<NodeRow> all(Session session) {
        return session.list("SELECT id, boot, beat, applied, state, version FROM node ORDER BY id", NodeTable::read);
    }

    /// The nodes of a release before a format that have not left. What declares a node out, and what takes it in
    /// again, change its row and leave it here, so a transaction that reads this sees them in either state.
    static List<Id> older(Session session, long format) {
        return session.list(
                "SELECT id FROM node WHERE state <> 'left' AND version < ? ORDER BY id",
                row -> new Id(Kind.NODE, row.number("id")),
                format);
    }

    /// Declares a node out if it has not beaten since it was looked at. A beat that is under way holds the row,
    /// so that one of the two finds that the other was first.
    static void fence(Session session, NodeRow seen) {
        session.update(
                "UPDATE node SET state = 'out' WHERE id = ? AND boot = ? AND beat = ? AND state = 'live'",
                seen.id(),
                seen.boot(),
                seen.beat());
    }

    static void leave(Session session, long id, long boot) {
        session.update("UPDATE node SET state = 'left' WHERE id = ? AND boot = ?", id, boot);
    }

    static void forget(Session session, NodeRow seen) {
        session.update(
                "DELETE FROM node WHERE id = ? AND boot = ? AND beat = ? AND state <> 'live'",
                seen.id(),
                seen.boot(),
                seen.beat());
    }

    private static NodeRow read(Row row) {
        return new NodeRow(
                row.number("id"),
                row.number("boot"),
                row.number("beat"),
                Position.parse(row.text("applied")),
                NodeRow.State.of(row.text("state")),
                row.number("version"));
    }
}
