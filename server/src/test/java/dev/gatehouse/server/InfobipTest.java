package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A customer of Infobip whose provider has moved, with API keys. Users, their passwords and sessions are not
/// there yet.
class InfobipTest {
    private static final String UNAUTHORIZED =
            "{\"requestError\":{\"serviceException\":{\"messageId\":\"UNAUTHORIZED\",\"text\":\"Unauthorized\"}}}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Customer manager;
    private Customer sender;

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

    private Got balance(String authorization) {
        return server.send("orders", "GET", "/account/1/balance", "", "Authorization", authorization);
    }

    private static void unauthorized(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.text()).isEqualTo(UNAUTHORIZED);
    }

    @Test
    void theWholeStory() throws IOException {
        assertThat(balance("App " + manager.apiKey()).text()).isEqualTo("{\"balance\":47.79,\"currency\":\"EUR\"}");
        assertThat(balance("App " + sender.apiKey()).status()).isEqualTo(403);
        Got sms = server.send("orders", "POST", "/sms/3/messages", "{}", "Authorization", "App " + sender.apiKey());
        assertThat(sms.status()).isEqualTo(200);

        server = server.restarted(folder, clock);
        assertThat(balance("App " + manager.apiKey()).status()).isEqualTo(200);
        server.admin("POST", "/v1/organizations/" + manager.organization() + "/suspend", "{}");
        unauthorized(balance("App " + manager.apiKey()));
        server.admin("POST", "/v1/organizations/" + manager.organization() + "/resume", "{}");
        assertThat(balance("App " + manager.apiKey()).status()).isEqualTo(200);
        server.admin("POST", "/v1/applications/" + manager.application() + "/revoke", "{}");
        unauthorized(balance("App " + manager.apiKey()));
    }

    /// GAUNTLET C02: documented by the provider, so it is taken; and it goes no further.
    @Test
    void aKeyInTheQueryOpensTheCallAndStaysHere() {
        Got got = server.send(
                "orders", "POST", "/sms/3/messages?a=1&apiKey=" + sender.apiKey() + "&b=2", "{}", "X-Test", "1");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("query").asString()).isEqualTo("a=1&b=2");
        assertThat(got.text()).doesNotContain(sender.apiKey());
    }

    @Test
    void refusalsHaveTheShapeOfTheirPath() {
        unauthorized(server.send("orders", "GET", "/account/1/balance", ""));
        Got sms = server.send("orders", "POST", "/sms/3/messages", "{}");
        assertThat(sms.status()).isEqualTo(401);
        assertThat(sms.json().get("errorCode").asString()).isEqualTo("E401");
        assertThat(sms.json().propertyNames())
                .containsExactly("errorCode", "description", "action", "violations", "resources");
    }

    /// A published client sends this literally.
    @Test
    void anUndefinedAuthorizationIsNone() {
        unauthorized(balance("undefined"));
        Got got = server.send(
                "orders",
                "POST",
                "/auth/1/oauth2/token?grant_type=client_credentials&client_id=u&client_secret=p",
                "",
                "Authorization",
                "undefined",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.json().get("error").asString()).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void nobodyIsAUserYet() {
        unauthorized(balance(RunningServer.basic("user", "password")));
        unauthorized(balance("IBSSO 2f9b4d31-2d0d-49a8-85f0-9b862bdca394"));
        unauthorized(server.send(
                "orders", "POST", "/auth/1/session", "{\"username\":\"u\",\"password\":\"p\"}", "X-Test", "1"));
    }
}
