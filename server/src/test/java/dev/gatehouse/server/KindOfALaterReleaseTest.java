package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection of a kind that a later release has: nodes of this one list it and can end it, and all others work.
class KindOfALaterReleaseTest {
    @TempDir
    Path folder;

    private final FakePlatform platform = new FakePlatform();
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with(folder, new TestClock(Instant.now()), platform.config(folder));
    }

    @AfterEach
    void stop() {
        server.close();
        platform.close();
    }

    private void becomes(String id, String kind) throws SQLException {
        try (Connection rows = DriverManager.getConnection("jdbc:sqlite:" + server.database());
                Statement statement = rows.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            assertThat(statement.executeUpdate("UPDATE connection SET kind = '" + kind + "' WHERE name = '" + id + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void itIsListedAndRevokedAndNothingElse() throws SQLException {
        Connected connected = Connected.create(server);
        String key = "\"key\":\"" + FakePlatform.KEY + "\"";
        String later = connected.connected(server, "key", "later", key);
        String known = connected.connected(server, "key", "known", key);
        becomes("later", "wallet");
        String list = "/v1/organizations/" + connected.customer().organization() + "/connections";
        Got listed = server.admin("GET", list, "");
        assertThat(listed.status()).as(listed.text()).isEqualTo(200);
        assertThat(listed.json().get("items"))
                .extracting(one -> one.get("kind").asString())
                .containsExactlyInAnyOrder("key", "unknown");
        assertThat(connected.get(server, known, "/x").status()).isEqualTo(200);
        Got called = connected.get(server, later, "/x");
        assertThat(called.status()).as(called.text()).isEqualTo(503);
        assertThat(server.admin("PUT", "/v1/connections/" + later + "/credential", "{\"credential\":{" + key + "}}")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin("POST", "/v1/connections/" + later + "/revoke", "")
                        .status())
                .isEqualTo(200);
        assertThat(Connected.shown(server, later).get("state").asString()).isEqualTo("revoked");
        assertThat(connected.connect(server, "unknown", "none", key).status()).isEqualTo(400);
    }
}
