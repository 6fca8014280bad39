package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.server.http.SampleUpstream;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A customer of Send For Sign whose provider has moved: every request and reply as the provider documents it.
class SendForSignTest {
    private static final String KEY = "sfs-key-1";
    private static final String SECRET = "sfs-secret-of-the-customer";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private SampleUpstream sandbox;
    private String organization = "";
    private String application = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        sandbox = new SampleUpstream(0, Map.of("POST /api/contract", "{\"sandbox\":true}"));
        Customer.created(server, "/v1/apis", api("\"name\": \"sfs\"", server.upstreamBase()));
        String role = Setup.role(server, "sfs", List.of("contracts", "tokens:delegate"), "sfs");
        organization = id(Customer.created(server, "/v1/organizations", "{\"name\":\"Acme\"}"));
        application = id(Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"Acme\",\"client_id\":\"" + KEY + "\",\"role\":\"" + role + "\"}"));
        credential("{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + SECRET + "\"}");
    }

    private String api(String name, String upstream) throws IOException {
        return """
                {%s, "dialect": "sfs", "issuer": "%s", "listener": "orders", "upstream": "%s", "test_upstream": "http://127.0.0.1:%d",
                 "scopes": {"contracts": {"description": "Contracts"}, "tokens:delegate": {"description": "Clients"}},
                 "routes": [{"methods": ["POST"], "path": "/api/client", "any": ["tokens:delegate"]},
                            {"methods": ["POST"], "path": "/api/contract", "any": ["contracts"]},
                            {"methods": ["POST"], "path": "/api/open", "open": true}]}
                """.formatted(name, server.base("orders"), upstream, sandbox.start());
    }

    @AfterEach
    void stop() {
        server.close();
        sandbox.close();
    }

    private static String id(JsonNode noun) {
        return noun.get("id").asString();
    }

    private JsonNode credential(String body) {
        return Customer.created(server, "/v1/applications/" + application + "/credentials", body);
    }

    private Got post(String path, String data, String... headers) {
        return server.send("orders", "POST", path, "{\"data\":" + data + "}", headers);
    }

    private Got token(String data, String bearer) {
        return post(
                "/api/token", data, "Content-Type", "application/vnd.api+json", "Authorization", "Bearer " + bearer);
    }

    private Got call(String bearer) {
        return post("/api/contract", "{\"action\":\"create\"}", "Authorization", "Bearer " + bearer);
    }

    private String platform() {
        Got got = post(
                "/api/token",
                "{\"action\":\"create\",\"apiKey\":\"" + KEY + "\",\"secret\":\"" + SECRET + "\"}",
                "Content-Type",
                "application/vnd.api+json");
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.json().propertyNames()).containsExactly("access_token", "token_type", "expires_in");
        assertThat(got.json().get("token_type").asString()).isEqualTo("Bearer");
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(1800);
        return got.json().get("access_token").asString();
    }

    private String client(String platform) {
        Got got = token("{\"action\":\"create\",\"clientKey\":\"client-1\"}", platform);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json().get("access_token").asString();
    }

    private void learn(String platform) {
        Got got = post("/api/client", "{\"action\":\"create\",\"client\":{}}", "Authorization", "Bearer " + platform);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().at("/client/clientKey").asString()).isEqualTo("client-1");
    }

    private static void refused(Got got, int status, String message) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.text()).isEqualTo("{\"code\":\"" + status + "\",\"message\":\"" + message + "\"}");
    }

    private static void revoked(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.text()).isEqualTo("{\"code\":\"201\",\"message\":\"Token revoked\"}");
    }

    @Test
    void theWholeStory() throws IOException {
        String platform = platform();
        refused(token("{\"action\":\"create\",\"clientKey\":\"client-1\"}", platform), 404, "Client not found");
        learn(platform);
        String client = client(platform);
        Got got = call(client);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("headers").toString())
                .contains("X-Gatehouse-Customer", KEY)
                .doesNotContain(client);

        server = server.restarted(folder, clock);
        learn(platform);
        assertThat(call(client).status()).isEqualTo(200);
        String second = client(platform);

        revoked(token("{\"action\":\"revoke\",\"accessToken\":\"" + client + "\"}", platform));
        refused(call(client), 403, "Invalid API key");
        assertThat(call(second).status()).isEqualTo(200);
        revoked(token("{\"action\":\"revoke\"}", platform));
        refused(call(platform), 403, "Invalid API key");
        refused(call(second), 403, "Invalid API key");
        refused(token("{\"action\":\"revoke\"}", platform), 403, "Invalid API key");

        server = server.restarted(folder, clock);
        refused(call(second), 403, "Invalid API key");
        assertThat(call(client(platform())).status()).isEqualTo(200);
    }

    /// A platform that moves in has more clients than are learnt at once.
    @Test
    void clientsOfALongListAreLearntFromOneReplyAfterTheOther() throws IOException {
        String list = IntStream.range(0, 1200)
                .mapToObj(i -> "{\"clientKey\":\"c" + i + "\"}")
                .collect(Collectors.joining(",", "{\"clients\":[", "]}"));
        String platform = platform();
        try (SampleUpstream provider = new SampleUpstream(0, Map.of("POST /api/client", list))) {
            Got moved =
                    server.admin("PUT", "/v1/apis/sfs", api("\"version\": 0", "http://127.0.0.1:" + provider.start()));
            assertThat(moved.status()).as(moved.text()).isEqualTo(200);
            for (int learnt : List.of(1000, 1200, 1200)) {
                Got got = post("/api/client", "{\"action\":\"list\"}", "Authorization", "Bearer " + platform);
                assertThat(got.text()).isEqualTo(list);
                Got page = server.admin("GET", "/v1/organizations/" + organization + "/customers?count=true", "");
                assertThat(page.json().get("total").asInt()).isEqualTo(learnt);
            }
        }
        Got client = token("{\"action\":\"create\",\"clientKey\":\"c1199\"}", platform);
        assertThat(client.status()).as(client.text()).isEqualTo(201);
    }

    @Test
    void aTokenLivesHalfAnHourAndAClientsNoLongerThanThePlatforms() {
        String platform = platform();
        learn(platform);
        clock.advance(Duration.ofMinutes(20));
        Got client = token("{\"action\":\"create\",\"clientKey\":\"client-1\"}", platform);
        assertThat(client.json().get("expires_in").asInt()).isEqualTo(600);
        clock.advance(Duration.ofMinutes(10));
        refused(call(platform), 401, "Token expired");
        refused(call(client.json().get("access_token").asString()), 401, "Token expired");
        refused(token("{\"action\":\"create\",\"clientKey\":\"client-1\"}", platform), 401, "Token expired");
    }

    private void limit(String limits) throws IOException {
        String api = api("\"version\": 0, \"limits\": {" + limits + "}", server.upstreamBase());
        Got got = server.admin("PUT", "/v1/apis/sfs", api);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// Nobody tries names for nothing.
    @Test
    void aClientThatIsNotThereCostsAsMuchAsOneThatIs() throws IOException {
        String platform = platform();
        limit("\"credential\":" + LimitsFixture.times(2));
        for (int i = 0; i < 2; i++) {
            refused(token("{\"action\":\"create\",\"clientKey\":\"nobody\"}", platform), 404, "Client not found");
        }
        assertThat(token("{\"action\":\"create\",\"clientKey\":\"nobody\"}", platform)
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aTokenCanBeEndedWhateverTheLimits() throws IOException {
        String platform = platform();
        limit("\"credential\":" + LimitsFixture.times(1) + ",\"address\":" + LimitsFixture.times(1));
        assertThat(call(platform).status()).isEqualTo(200);
        assertThat(call(platform).status()).isEqualTo(429);
        revoked(token("{\"action\":\"revoke\"}", platform));
    }

    @Test
    void onlyThePlatformManagesClients() {
        String platform = platform();
        learn(platform);
        String client = client(platform);
        refused(post("/api/client", "{}", "Authorization", "Bearer " + client), 403, "Forbidden");
        for (String name : List.of("client-1", "nobody")) {
            String data = "{\"action\":\"create\",\"clientKey\":\"" + name + "\"}";
            refused(token(data, client), 403, "Forbidden");
        }
    }

    @Test
    void whoIsSuspendedIsRefusedAtOnceAndBackAfterwards() {
        String platform = platform();
        learn(platform);
        String client = client(platform);
        String customer = server.admin("GET", "/v1/organizations/" + organization + "/customers", "")
                .json()
                .at("/items/0/id")
                .asString();
        for (String member : List.of("customers/" + customer, "applications/" + application)) {
            assertThat(server.admin("POST", "/v1/" + member + "/suspend", "{}").status())
                    .isEqualTo(200);
            refused(call(client), 403, "Invalid API key");
            assertThat(server.admin("POST", "/v1/" + member + "/resume", "{}").status())
                    .isEqualTo(200);
            assertThat(call(client).status()).isEqualTo(200);
        }
    }

    @Test
    void aTestKeyReachesTheSandboxOnly() {
        String test = credential("{\"kind\":\"api_key\",\"name\":\"t\",\"scopes\":\"role\",\"environment\":\"test\"}")
                .get("secret")
                .asString();
        String live = credential("{\"kind\":\"api_key\",\"name\":\"l\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        learn(platform());
        String data = "{\"action\":\"create\",\"clientKey\":\"client-1\"}";
        Got got = post("/api/contract", data, "X-Sendforsign-Key", test);
        assertThat(got.text()).isEqualTo("{\"sandbox\":true}");
        refused(post("/api/contract", data, "X-Sendforsign-Key", live), 403, "Invalid API key");
        refused(post("/api/contract", "{\"action\":\"create\"}", "X-Sendforsign-Key", test), 401, "Unauthorized");
        refused(
                post("/api/contract", data.replace("client-1", "client-2"), "X-Sendforsign-Key", test),
                404,
                "Client not found");
    }

    /// What is shown there is not looked at, and goes nowhere.
    @Test
    void anOpenRouteAsksForNothing() {
        String test = credential("{\"kind\":\"api_key\",\"name\":\"t\",\"scopes\":\"role\",\"environment\":\"test\"}")
                .get("secret")
                .asString();
        for (String key : List.of(test, "nonsense")) {
            Got got = post("/api/open", "{\"clientKey\":\"client-1\"}", "X-Sendforsign-Key", key);
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            assertThat(got.text()).doesNotContain(key);
        }
        assertThat(post("/api/open", "{}").status()).isEqualTo(200);
    }

    @Test
    void whatIsNoneOfTheDeclaredSetsIsRefused() {
        String platform = platform();
        refused(post("/api/contract", "{}"), 401, "Unauthorized");
        refused(call("nonsense"), 403, "Invalid API key");
        refused(
                post(
                        "/api/token",
                        "{\"action\":\"create\",\"apiKey\":\"" + KEY + "\",\"secret\":\"wrong-secret-of-length\"}"),
                403,
                "Invalid API key");
        assertThat(post("/api/contract", "{}", "Authorization", "Bearer " + platform, "X-Sendforsign-Key", "k")
                        .status())
                .isEqualTo(400);
        refused(server.send("orders", "GET", "/api/nowhere", ""), 404, "Not found");
        assertThat(server.send("orders", "POST", "/oauth2/token", "grant_type=client_credentials")
                        .status())
                .as("the built-in dialect's endpoints are not there")
                .isEqualTo(404);
    }
}
