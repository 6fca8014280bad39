package dev.gatehouse.storage.db;

import dev.gatehouse.core.fact.FactsUnavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The writer of SQLite: what waits together is committed together, each unit in a SAVEPOINT of its own so that
/// one's failure is not the others'. Nobody is answered, and nothing in memory is told, before the one durable
/// COMMIT.
final class GroupCommit implements SqliteLane.Server {
    /// The most units of one commit.
    static final int MAX = 64;

    private record Finished(Session session, Runnable answer) {}

    @Override
    public void serve(List<Unit<?>> units, SqliteConnection connection) throws SQLException {
        List<Unit<?>> begun = units.stream().filter(Unit::begin).toList();
        if (begun.isEmpty()) {
            return;
        }
        List<Finished> finished = new ArrayList<>();
        connection.control("BEGIN IMMEDIATE");
        for (Unit<?> unit : begun) {
            finished.add(inSavepoint(unit, connection));
        }
        commit(connection, finished);
        apply(finished);
        finished.forEach(one -> one.answer().run());
    }

    private static void apply(List<Finished> finished) {
        try {
            finished.forEach(one -> one.session().committed());
        } catch (RuntimeException | Error e) {
            finished.forEach(one -> one.session().uncertain());
            throw new FactsUnavailable("committed, but not applied in memory", e);
        }
    }

    /// A COMMIT that fails may have been durable already: then whatever rests on these changes is told so.
    private static void commit(SqliteConnection connection, List<Finished> finished) throws SQLException {
        try {
            connection.control("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            // With the connection goes its open transaction: what is read from now on is what stays.
            connection.drop();
            finished.forEach(one -> one.session().uncertain());
            throw new FactsUnavailable("the commit failed; the outcome is unknown", e);
        }
    }

    /// An exception here means that the savepoint could not be undone (SQLite ends the whole transaction on a
    /// full disk, for example): the batch is lost as a whole.
    private static Finished inSavepoint(Unit<?> unit, SqliteConnection connection) throws SQLException {
        connection.control("SAVEPOINT unit");
        Session session = new Session(connection.statements());
        try {
            Runnable answer = unit.run(session);
            if (session.rollsBack()) {
                undo(connection);
            } else {
                connection.control("RELEASE unit");
            }
            return new Finished(session.rollsBack() ? new Session(connection.statements()) : session, answer);
        } catch (RuntimeException | Error e) {
            undo(connection);
            return new Finished(new Session(connection.statements()), () -> unit.fail(e));
        }
    }

    private static void undo(SqliteConnection connection) throws SQLException {
        connection.control("ROLLBACK TO unit");
        connection.control("RELEASE unit");
    }
}
