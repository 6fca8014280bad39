package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An organization that has as many connections as it may have. Trying `access_token` that has ended takes the
/// refresh token, which is of no more use to anybody when nothing is stored.
class ConnectionBoundTest extends Data2CrmWorld {
    private static final String ENDED = "{\"access_token\":\"ended\",\"refresh_token\":\"refresh-0\"}";

    private static final String SAME = "organization, platform, kind, health, sealed, credential, fence, begun, lost,"
            + " failures, holds, revoked, generation, version, created_at";

    @BeforeEach
    void fill() throws SQLException {
        created("key", KEY);
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                Statement statement = sql.createStatement()) {
            statement.executeUpdate("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
                    + " INSERT INTO connection (id, name, " + SAME + ")"
                    + " SELECT i, 'crm ' || i, " + SAME + " FROM connection, n");
        }
        assertThat(send("GET", "/v1/application/count", "").json().get("total").asInt())
                .isEqualTo(1000);
    }

    @Test
    void aDialectTriesNothingThatItWouldNotStore() {
        Got got = create("oAuth-internal", ENDED);
        refused(got, 403, "SERVICE_CONNECTED_APPLICATIONS_LIMIT");
        assertThat(platform.requests()).isEmpty();
    }

    @Test
    void theAdminApiTriesNothingThatItWouldNotStore() {
        Got got = Connected.connectFor(
                server, acme.organization(), "oauth_internal", "one more", ENDED.substring(1, ENDED.length() - 1));
        assertThat(got.status()).as(got.text()).isEqualTo(409);
        assertThat(got.json().get("code").asString()).isEqualTo("limit_reached");
        assertThat(platform.requests()).isEmpty();
    }
}
