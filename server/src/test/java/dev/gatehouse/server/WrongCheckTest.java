package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GAUNTLET H10: a key string whose check is wrong is refused without a look into the database. The database has no
/// credentials to look into here, which a string with a right check meets and one with a wrong check does not.
class WrongCheckTest {
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @TempDir
    Path folder;

    private RunningServer server;
    private String key = "";
    private String unseen = "";

    @BeforeEach
    void start() throws IOException, SQLException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
        key = customer.apiKey();
        unseen = Customer.created(
                        server,
                        "/v1/applications/" + customer.application() + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"unseen\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        assertThat(call(key).status()).isEqualTo(200);
        sql("ALTER TABLE credential RENAME TO credential_elsewhere");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA busy_timeout = 20000");
            sql.execute("PRAGMA legacy_alter_table = ON");
            sql.execute(statement);
        }
    }

    private Got call(String presented) {
        return server.call("orders", "GET", "/things", "Authorization", "Bearer " + presented);
    }

    @Test
    void aWrongCheckIsRefusedWithoutALookUp() throws SQLException {
        assertThat(call(key).status()).as("a fact in memory").isEqualTo(200);
        Got asked = call(unseen);
        assertThat(asked.status())
                .as("a right check is looked up: " + asked.text())
                .isEqualTo(503);
        int prefix = "ghk_live_".length();
        for (String base : List.of(key, unseen)) {
            for (int at = prefix; at < base.length(); at++) {
                char other = BASE_62.charAt((BASE_62.indexOf(base.charAt(at)) + 1 + at) % BASE_62.length());
                String wrong = base.substring(0, at) + other + base.substring(at + 1);
                assertThat(call(wrong).status()).as("changed at " + at).isEqualTo(401);
            }
            for (String wrong : List.of(
                    base.substring(0, base.length() - 1),
                    base + "0",
                    base.replace("ghk_live_", "ghk_test_"),
                    base.replace("ghk_live_", "ghs_live_"))) {
                assertThat(call(wrong).status()).as(wrong.substring(0, prefix)).isEqualTo(401);
            }
        }
        sql("ALTER TABLE credential_elsewhere RENAME TO credential");
        assertThat(call(unseen).status()).as("it was there all the time").isEqualTo(200);
    }
}
