package dev.gatehouse.storage;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.testkit.Postgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;

/// A database of an audit trail that somebody with access to it changes.
interface TamperedDatabase {
    /// The databases that Gatehouse runs on.
    enum Engine {
        SQLITE,
        POSTGRESQL;

        TamperedDatabase fresh() {
            return switch (this) {
                case SQLITE -> new Sqlite();
                case POSTGRESQL -> new Postgresql(Postgres.database());
            };
        }
    }

    Store open(Path folder);

    Connection connect(Path folder) throws SQLException;

    /// An expression for the same bytes with the bit of a place flipped.
    String flipped(String column, int at);

    /// An expression for the same text with another character in a place.
    String flippedText(String column, int at);

    /// In a file of the folder.
    record Sqlite() implements TamperedDatabase {
        @Override
        public Store open(Path folder) {
            return TestKeys.storage().sqlite(folder);
        }

        @Override
        public Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gatehouse.db"));
        }

        @Override
        public String flipped(String column, int at) {
            String byteAt = "substr(" + column + ", " + (at + 1) + ", 1)";
            return "CAST(substr(" + column + ", 1, " + at + ") || (CASE " + byteAt
                    + " WHEN X'00' THEN X'01' ELSE X'00' END)" + " || substr(" + column + ", " + (at + 2)
                    + ") AS BLOB)";
        }

        @Override
        public String flippedText(String column, int at) {
            return "substr(" + column + ", 1, " + at + ") || (CASE substr(" + column + ", " + (at + 1)
                    + ", 1) WHEN 'A' THEN 'B' ELSE 'A' END) || substr(" + column + ", " + (at + 2) + ")";
        }
    }

    /// On a server.
    record Postgresql(Postgres.Database database) implements TamperedDatabase {
        @Override
        public Store open(Path folder) {
            return TestKeys.storage(InstantSource.system())
                    .postgresql(database.url(), database.user(), Secret.of(database.password()));
        }

        @Override
        public Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection(database.url(), database.user(), database.password());
        }

        @Override
        public String flipped(String column, int at) {
            return "set_byte(" + column + ", " + at + ", get_byte(" + column + ", " + at + ") # 1)";
        }

        @Override
        public String flippedText(String column, int at) {
            return "overlay(" + column + " placing (CASE substr(" + column + ", " + (at + 1)
                    + ", 1) WHEN 'A' THEN 'B' ELSE 'A' END) from " + (at + 1) + " for 1)";
        }
    }
}
