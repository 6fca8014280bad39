package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A customer of Inbenta whose provider has moved: every request and reply as the provider documents it.
class InbentaTest {
    private static final String KEY = "BPcdJ3fUhKQ7pGvqM+y1r/8D2FCeZCxNR3Vhn9SgFCk=";
    private static final String SECRET = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJwcm9qZWN0IjoiYWNtZSJ9.c2ln";
    private static final String DENIED =
            "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String secret = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Customer.created(server, "/v1/apis", """
                {"name": "inbenta", "dialect": "inbenta", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "products": {"chatbot": "https://api.example.com/prod/chatbot", "knowledge": "https://api.example.com/prod/knowledge"},
                 "scopes": {"chatbot": {"description": "Chatbot"}, "knowledge": {"description": "Knowledge"}},
                 "routes": [{"methods": ["*"], "path": "/prod/chatbot/**", "any": ["chatbot"]},
                            {"methods": ["*"], "path": "/prod/knowledge/**", "any": ["knowledge"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        secret = customer("acme", KEY, SECRET, List.of("chatbot"));
        customer("other", "other", "another-secret-of-length", List.of("chatbot", "knowledge"));
    }

    private String customer(String name, String key, String given, List<String> scopes) {
        String role = Setup.role(server, name, scopes, "inbenta");
        String organization = id(Customer.created(server, "/v1/organizations", "{\"name\":\"" + name + "\"}"));
        String application = id(Customer.created(
                server,
                "/v1/organizations/" + organization + "/applications",
                "{\"name\":\"bot\",\"client_id\":\"" + key + "\",\"role\":\"" + role + "\"}"));
        return id(Customer.created(
                server,
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + given + "\"}"));
    }

    private static String id(JsonNode noun) {
        return noun.get("id").asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got auth(String body, String type) {
        return server.send("orders", "POST", "/v1/auth", body, "x-inbenta-key", KEY, "Content-Type", type);
    }

    private String token() {
        Got got = auth("{\"secret\":\"" + SECRET + "\"}", "application/json");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("accessToken").asString();
    }

    private Got call(String path, String token, String key) {
        return server.send("orders", "GET", path, "", "x-inbenta-key", key, "Authorization", "Bearer " + token);
    }

    private Got call(String token) {
        return call("/prod/chatbot/v1/conversation", token, KEY);
    }

    private Got refresh(String token) {
        return server.send(
                "orders",
                "POST",
                "/v1/refreshToken",
                "secret=ignored",
                "x-inbenta-key",
                KEY,
                "Authorization",
                "Bearer " + token);
    }

    private static void refused(Got got, int status, String message) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.text()).isEqualTo("{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}");
    }

    private static void denied(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.text()).isEqualTo(DENIED);
    }

    @Test
    void theWholeStory() throws IOException {
        Got got = auth("secret=" + SECRET, "application/x-www-form-urlencoded");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().propertyNames()).containsExactly("accessToken", "expiration", "expires_in", "apis");
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(1200);
        assertThat(got.json().get("expiration").asLong())
                .isEqualTo(clock.instant().getEpochSecond() + 1200);
        assertThat(got.json().get("apis").toString())
                .isEqualTo("{\"chatbot\":\"https://api.example.com/prod/chatbot\"}");
        String token = got.json().get("accessToken").asString();
        assertThat(call("/v1/apis", token, KEY).text())
                .isEqualTo("{\"apis\":{\"chatbot\":\"https://api.example.com/prod/chatbot\"}}");
        assertThat(call(token).status()).isEqualTo(200);
        denied(call("/prod/knowledge/v1/search", token, KEY));

        clock.advance(Duration.ofMinutes(17));
        Got renewed = refresh(token);
        assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
        assertThat(renewed.json().propertyNames()).containsExactly("accessToken", "expiration", "expires_in");
        assertThat(renewed.json().get("expires_in").asInt()).isEqualTo(1200);
        String second = renewed.json().get("accessToken").asString();

        server = server.restarted(folder, clock);
        assertThat(call(token).status()).as("the old one lives on").isEqualTo(200);
        clock.advance(Duration.ofMinutes(3));
        denied(call(token));
        refused(refresh(token), 401, "Token expired");
        assertThat(call(second).status()).isEqualTo(200);

        assertThat(server.admin("POST", "/v1/credentials/" + secret + "/revoke", "{}")
                        .status())
                .isEqualTo(200);
        denied(call(second));
        refused(refresh(second), 400, "Secret token not valid");
        refused(auth("{\"secret\":\"" + SECRET + "\"}", "application/json"), 400, "Secret token not valid");
    }

    /// The holder of a token can renew it for eight hours, and no longer.
    @Test
    void renewalsEnd() {
        String token = token();
        for (int i = 1; i < 32; i++) {
            clock.advance(Duration.ofMinutes(15));
            Got got = refresh(token);
            assertThat(got.status()).as(i + ": " + got.text()).isEqualTo(200);
            assertThat(got.json().get("expires_in").asInt()).isEqualTo(i == 31 ? 900 : 1200);
            token = got.json().get("accessToken").asString();
        }
        clock.advance(Duration.ofMinutes(14));
        assertThat(refresh(token).json().get("expires_in").asInt()).isEqualTo(60);
        clock.advance(Duration.ofMinutes(1));
        refused(refresh(token), 401, "Token expired");
    }

    @Test
    void aTokenCountsWithItsOwnKeyOnly() {
        String token = token();
        denied(call("/prod/chatbot/v1/conversation", token, "other"));
        denied(server.send("orders", "GET", "/prod/chatbot/v1/conversation", "", "Authorization", "Bearer " + token));
        denied(server.send("orders", "GET", "/prod/chatbot/v1/conversation", "", "x-inbenta-key", KEY));
        denied(call(token + "x"));
        Got got = server.send(
                "orders",
                "POST",
                "/v1/auth",
                "{\"secret\":\"" + SECRET + "\"}",
                "x-inbenta-key",
                "other",
                "Content-Type",
                "application/json");
        refused(got, 400, "Secret token not valid");
    }

    /// There are no users' secrets and no domain keys here yet: whatever is sent is nobody's.
    @Test
    void whatNobodyHasIsRefusedAsWrong() {
        refused(
                auth("{\"secret\":\"" + SECRET + "\",\"user_personal_secret\":\"u\"}", "application/json"),
                422,
                "Invalid user personal secret");
        refused(auth("{\"domain_key\":\"d\",\"user_personal_secret\":\"u\"}", "application/json"), 400, "Bad request");
        Got got = server.send(
                "orders",
                "POST",
                "/v1/auth",
                "{\"domain_key\":\"d\"}",
                "x-inbenta-key",
                KEY,
                "Origin",
                "https://shop.example");
        refused(got, 400, "Secret token not valid");
    }
}
