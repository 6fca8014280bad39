package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.World.items;
import static dev.gatehouse.server.admin.World.problem;
import static dev.gatehouse.server.admin.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.Reply;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET N03 on the replies that are kept for requests with an `Idempotency-Key`: one that was changed in the
/// database is never given for the reply. The caller is told 409: the request had its effect, which is not
/// repeated.
class DamagedReplyTest {
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final String KEY = "damaged-1";

    @TempDir
    Path folder;

    private Installed installed;
    private World world;
    private Connection database;
    private String secret = "";
    private Kept kept;

    /// The row of one request.
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Kept(byte[] id, byte[] request, byte[] reply) {}

    @BeforeEach
    void make() throws SQLException {
        installed = new Installed(folder.resolve("data"));
        world = new World(installed);
        database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
        try (Statement statement = database.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            statement.execute("PRAGMA synchronous = OFF");
        }
        Reply first = make(KEY);
        assertThat(first.status()).isEqualTo(201);
        secret = text(first, "secret");
        kept = rowBut(new byte[0]);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        installed.close();
    }

    private Reply make(String key) {
        return world.call(
                world.t1Key,
                "POST",
                "/v1/applications/" + world.t1Shop.id() + "/credentials",
                "{\"kind\":\"api_key\",\"name\":\"once\"}",
                new Header("Idempotency-Key", key));
    }

    private int made() {
        return items(world.get(world.t1Key, "/v1/applications/" + world.t1Shop.id() + "/credentials"))
                .size();
    }

    /// The only row but this one.
    private Kept rowBut(byte[] id) throws SQLException {
        try (PreparedStatement rows =
                database.prepareStatement("SELECT id, request, reply FROM kept_reply WHERE id <> ?")) {
            rows.setBytes(1, id);
            try (ResultSet row = rows.executeQuery()) {
                assertThat(row.next()).isTrue();
                Kept found = new Kept(row.getBytes(1), row.getBytes(2), row.getBytes(3));
                assertThat(row.next()).isFalse();
                return found;
            }
        }
    }

    private void put(String column, byte[] value) throws SQLException {
        try (PreparedStatement update =
                database.prepareStatement("UPDATE kept_reply SET " + column + " = ? WHERE id = ?")) {
            update.setBytes(1, value);
            update.setBytes(2, kept.id());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private void refused(byte[] reply, String what) throws SQLException {
        put("reply", reply);
        Reply answer = make(KEY);
        assertThat(problem(answer)).as(what).isEqualTo("409 conflict");
        assertThat(text(answer, "detail")).contains("damaged", "had its effect");
        assertThat(answer.toString()).doesNotContain(secret);
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << bit);
        return changed;
    }

    /// Every bit of nonce and tag, one bit of every byte between them.
    @Test
    void aFlippedBitOfAReplyIsNeverAnswered() throws SQLException {
        int before = made();
        Random random = new Random(11);
        byte[] reply = kept.reply();
        for (int at = 0; at < reply.length; at++) {
            if (at < NONCE || at >= reply.length - TAG) {
                for (int bit = 0; bit < 8; bit++) {
                    refused(flipped(reply, at, bit), "bit " + bit + " of byte " + at);
                }
            } else {
                refused(flipped(reply, at, random.nextInt(8)), "byte " + at);
            }
        }
        assertThat(made()).isEqualTo(before);
        put("reply", reply);
        assertThat(text(make(KEY), "secret")).as("restored").isEqualTo(secret);
    }

    @Test
    void aReplyThatWasCutOrMadeLongerIsNeverAnswered() throws SQLException {
        byte[] reply = kept.reply();
        for (int length : new int[] {0, 1, NONCE - 1, NONCE, NONCE + 1, NONCE + TAG, reply.length - 1}) {
            refused(Arrays.copyOf(reply, length), length + " bytes");
        }
        refused(Arrays.copyOf(reply, reply.length + 1), "one more byte");
        refused(new byte[reply.length], "zeros");
    }

    @Test
    void theReplyOfAnotherRequestIsNeverAnswered() throws SQLException {
        Reply other = make("damaged-2");
        assertThat(text(other, "secret")).isNotEqualTo(secret);
        refused(rowBut(kept.id()).reply(), "of another key of the same caller, to the same request");
    }

    /// The stored mark of the request is a MAC under the caller's key: changed, it is another request's.
    @Test
    void aFlippedBitOfTheRequestIsAnotherRequest() throws SQLException {
        int before = made();
        Random random = new Random(12);
        for (int at = 0; at < kept.request().length; at++) {
            put("request", flipped(kept.request(), at, random.nextInt(8)));
            assertThat(problem(make(KEY))).isEqualTo("422 idempotency_key_reused");
        }
        put("request", kept.request());
        assertThat(text(make(KEY), "secret")).isEqualTo(secret);
        assertThat(made()).isEqualTo(before);
    }
}
