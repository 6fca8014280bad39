package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server that speaks as Infobip, and two customers of it.
abstract class InfobipFixture {
    static final String UNAUTHORIZED =
            "{\"requestError\":{\"serviceException\":{\"messageId\":\"UNAUTHORIZED\",\"text\":\"Unauthorized\"}}}";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    RunningServer server;
    Customer manager;
    Customer sender;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", """
                {"name": "infobip", "dialect": "infobip", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "scopes": {"account-management:manage": {"description": "Account"}, "message:send": {"description": "Messages", "implies": ["sms:message:send"]},
                            "sms:message:send": {"description": "SMS"}},
                 "routes": [{"methods": ["GET"], "path": "/account/1/balance", "any": ["account-management:manage"]},
                            {"methods": ["POST"], "path": "/sms/3/messages", "any": ["message:send", "sms:message:send"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        manager = Customer.create(
                server, "acme", Setup.role(server, "manager", List.of("account-management:manage"), "infobip"));
        sender = Customer.create(server, "sender", Setup.role(server, "sender", List.of("message:send"), "infobip"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Got balance(String authorization) {
        return server.send("orders", "GET", "/account/1/balance", "", "Authorization", authorization);
    }

    static void unauthorized(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.text()).isEqualTo(UNAUTHORIZED);
    }
}
