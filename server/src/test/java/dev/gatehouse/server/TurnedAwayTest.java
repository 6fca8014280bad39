package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that are turned away before anything is decided about their caller leave an event and a count, too.
class TurnedAwayTest {
    @TempDir
    Path folder;

    @Test
    void anUnknownHostAndAMethodThatIsNotTakenLeaveAnEvent() throws IOException {
        try (LogTap log = new LogTap()) {
            try (RunningServer server = RunningServer.start(folder, new TestClock())) {
                Setup.api(server, "orders", "jwt");
                assertThat(server.call("parcels", "GET", "/things").status()).isEqualTo(421);
                assertThat(server.call("orders", "PUT", "/things").status()).isEqualTo(405);
                assertThat(server.ops("/metrics").text())
                        .contains(
                                "gatehouse_decisions_total{api=\"-\",outcome=\"misdirected\"} 1.0",
                                "gatehouse_decisions_total{api=\"orders\",outcome=\"method_not_allowed\"} 1.0");
            }
            assertThat(log.text().lines().filter(line -> line.contains("gatehouse.refused")))
                    .anyMatch(line -> line.contains("misdirected"))
                    .anyMatch(line -> line.contains("method_not_allowed"));
        }
    }
}
