package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.TokenStore;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A customer that ended as many tokens as it may is told so, can still end whole credentials, and is in nobody's
/// way.
class ShareOfDeadTokensTest {
    @TempDir
    Path folder;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "sealed");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void d07ACustomerThatUsedItsShareIsRefusedAndNobodyElse() throws SQLException {
        String role = Setup.role(server, "buyer", "orders");
        Customer busy = Customer.create(server, "busy", role);
        Customer quiet = Customer.create(server, "quiet", role);
        String token = server.mint("orders", busy, "things:read");
        use(busy);

        Got refused = revoke(busy, token);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("error").asString()).isEqualTo("temporarily_unavailable");
        assertThat(call(token)).isEqualTo(200);

        String other = server.mint("orders", quiet, "things:read");
        String kept = server.mint("orders", quiet, "things:read");
        assertThat(revoke(quiet, other).status()).isEqualTo(200);
        assertThat(call(other)).isEqualTo(401);
        assertThat(call(kept)).as("its credential was not cut").isEqualTo(200);

        assertThat(server.admin("POST", "/v1/credentials/" + busy.secretId() + "/cut", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(call(token)).isEqualTo(401);
    }

    private int call(String token) {
        return server.call("orders", "GET", "/things", "Authorization", "Bearer " + token)
                .status();
    }

    private Got revoke(Customer customer, String token) {
        return server.form(
                "orders",
                "/oauth2/revoke",
                "token=" + token,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
    }

    /// As if the customer had ended tokens until it was stopped.
    private void use(Customer customer) throws SQLException {
        long organization = Id.parse(customer.organization()).orElseThrow().value() ^ Long.MIN_VALUE;
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                PreparedStatement insert = sql.prepareStatement("""
                        WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
                        INSERT INTO dead (kind, id, expires_at, charged_to) SELECT 'tok', n, ?, ? FROM number""")) {
            insert.setLong(1, TokenStore.Room.DEFAULT.share());
            insert.setLong(2, Long.MAX_VALUE);
            insert.setLong(3, organization);
            assertThat(insert.executeUpdate()).isEqualTo(TokenStore.Room.DEFAULT.share());
        }
    }
}
