package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.StoredKey;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.custody.CustodyException;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.Rotation;
import dev.gatehouse.oauth.keys.Schedule;
import dev.gatehouse.storage.Storage;
import dev.gatehouse.testkit.TestClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET N03: a stored key of which anything was changed in the database is found, named and not used, at the
/// start and whenever keys are read again.
class AlteredKeyTest {
    private static final List<String> NUMBERS = List.of("created_at", "activated_at", "retired_at", "version", "api");
    private static final List<String> TEXTS = List.of("purpose", "algorithm", "state", "public_part");

    private final SecureRandom random = new SecureRandom();
    private final TestClock clock = new TestClock();

    /// Every finding is logged, and here are thousands. Held, because loggers are forgotten with their levels.
    private final Logger log = Logger.getLogger(Keys.class.getName());

    @TempDir
    Path folder;

    @BeforeEach
    void silence() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        log.setLevel(null);
    }

    @Test
    void n03EveryBitOfEveryColumnIsBound() throws SQLException {
        Custody custody = Custody.open(folder.resolve("keys"), true, random);
        try (Store store = new Storage(custody.auditMac(), random, clock, clock).sqlite(folder.resolve("data"));
                Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                Statement statement = sql.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            Keys keys = new Keys(store.keys(), custody, CryptoProviders.jdk(), random, clock);
            keys.start(List.of());
            Rotation rotation = new Rotation(keys, List::of, new Schedule(Optional.empty()), clock);
            for (StoredKey key : store.keys().keys().sound()) {
                Row row = new Row(sql, key.id());
                byte[] encrypted = key.encrypted().bytes();
                for (int bit = 0; bit < encrypted.length * 8; bit++) {
                    row.set("encrypted", flipped(encrypted, bit));
                    found(rotation, "encrypted bit " + bit);
                }
                row.set("encrypted", encrypted);
                for (String column : TEXTS) {
                    String before = row.text(column);
                    for (int bit = 0; bit < before.length() * 7; bit++) {
                        char[] text = before.toCharArray();
                        text[bit / 7] ^= (char) (1 << bit % 7);
                        row.set(column, new String(text));
                        found(rotation, column + " " + new String(text));
                    }
                    row.set(column, before);
                }
                for (String column : NUMBERS) {
                    Optional<Long> before = row.number(column);
                    for (int bit = 0; bit < 64; bit++) {
                        row.set(column, before.orElse(0L) ^ 1L << bit);
                        found(rotation, column + " bit " + bit);
                    }
                    row.restore(column, before);
                }
                rotation.inspect();
                assertThat(rotation.unreadable()).isZero();
                row.set("version", 7L);
                Keys next = new Keys(store.keys(), custody, CryptoProviders.jdk(), random, clock);
                assertThatThrownBy(() -> next.start(List.of()))
                        .isInstanceOf(CustodyException.class)
                        .hasMessageContaining(key.id().text());
                row.set("version", key.version());
            }
        }
    }

    private static void found(Rotation rotation, String what) {
        rotation.inspect();
        assertThat(rotation.unreadable()).as(what).isEqualTo(1);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    /// One row, altered behind everybody's back.
    private record Row(Connection sql, Id id) {
        long stored() {
            return id.value() ^ Long.MIN_VALUE;
        }

        void set(String column, Object value) throws SQLException {
            try (PreparedStatement update =
                    sql.prepareStatement("UPDATE stored_key SET " + column + " = ? WHERE id = " + stored())) {
                update.setObject(1, value);
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }

        void restore(String column, Optional<Long> value) throws SQLException {
            if (value.isPresent()) {
                set(column, value.get());
            } else {
                try (Statement statement = sql.createStatement()) {
                    statement.executeUpdate("UPDATE stored_key SET " + column + " = NULL WHERE id = " + stored());
                }
            }
        }

        String text(String column) throws SQLException {
            try (Statement statement = sql.createStatement();
                    var found =
                            statement.executeQuery("SELECT " + column + " FROM stored_key WHERE id = " + stored())) {
                return found.getString(1);
            }
        }

        Optional<Long> number(String column) throws SQLException {
            try (Statement statement = sql.createStatement();
                    var found =
                            statement.executeQuery("SELECT " + column + " FROM stored_key WHERE id = " + stored())) {
                long number = found.getLong(1);
                return found.wasNull() ? Optional.empty() : Optional.of(number);
            }
        }
    }
}
