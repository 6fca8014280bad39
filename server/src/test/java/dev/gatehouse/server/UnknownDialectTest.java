package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An Api whose dialect only a later version knows, after a rollback.
class UnknownDialectTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();

    @Test
    void itIsRefusedAndTheOthersGoOn() throws IOException, SQLException {
        RunningServer server = RunningServer.start(folder, clock);
        try {
            Setup.api(server, "orders", "sealed");
            Setup.api(server, "parcels", "sealed");
            Customer customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
            try (Connection connection =
                            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/gatehouse.db"));
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE api SET dialect = 'later' WHERE name = 'parcels'");
            }
            server = server.restarted(folder, clock);
            assertThat(server.call("orders", "GET", "/things", "X-Api-Key", customer.apiKey())
                            .status())
                    .isEqualTo(200);
            for (String path : new String[] {"/things", "/oauth2/token", "/nowhere"}) {
                assertThat(server.call("parcels", "GET", path, "X-Api-Key", customer.apiKey())
                                .status())
                        .isEqualTo(503);
            }
            assertThat(server.ops("/metrics").text())
                    .contains("gatehouse_decisions_total{api=\"parcels\",outcome=\"unavailable\"} 3.0");
        } finally {
        }
    }
}
