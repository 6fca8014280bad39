package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A server that speaks as Infobip, with two users: one manages the account, one sends messages.
abstract class InfobipUsersFixture {
    static final String UNAUTHORIZED =
            "{\"requestError\":{\"serviceException\":{\"messageId\":\"UNAUTHORIZED\",\"text\":\"Unauthorized\"}}}";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    RunningServer server;
    Person manager;
    Person sender;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", """
                {"name": "infobip", "dialect": "infobip", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "scopes": {"account-management:manage": {"description": "Account"},
                            "message:send": {"description": "Messages", "implies": ["sms:message:send"]},
                            "sms:message:send": {"description": "SMS"}},
                 "routes": [{"methods": ["GET"], "path": "/account/1/balance", "any": ["account-management:manage"]},
                            {"methods": ["POST"], "path": "/sms/2/text/advanced", "any": ["message:send", "sms:message:send"]},
                            {"methods": ["POST"], "path": "/sms/3/messages", "any": ["message:send", "sms:message:send"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        manager = person("manager", "account-management:manage", "sms:message:send");
        sender = person("sender", "message:send");
    }

    private Person person(String name, String... scopes) {
        return Person.create(server, name, Optional.of(Setup.role(server, name, List.of(scopes), "infobip")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Got balance(String authorization) {
        return server.send("orders", "GET", "/account/1/balance", "", "Authorization", authorization);
    }

    Got sms(String authorization) {
        return server.send("orders", "POST", "/sms/3/messages", "{}", "Authorization", authorization);
    }

    static String basic(Person person) {
        return RunningServer.basic(person.username(), person.password());
    }

    Got open(Person person, String more) {
        return server.send(
                "orders",
                "POST",
                "/auth/1/session",
                "{\"username\":\"" + person.username() + "\",\"password\":\"" + person.password() + "\"" + more + "}",
                "Content-Type",
                "application/json");
    }

    String session(Person person) {
        Got got = open(person, "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().propertyNames()).containsExactly("token");
        return "IBSSO " + got.json().get("token").asString();
    }

    static void unauthorized(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.text()).isEqualTo(UNAUTHORIZED);
    }
}
