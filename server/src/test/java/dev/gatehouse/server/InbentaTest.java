package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A customer of Inbenta whose provider has moved: every request and reply as the provider documents it.
class InbentaTest {
    private static final String KEY = "BPcdJ3fUhKQ7pGvqM+y1r/8D2FCeZCxNR3Vhn9SgFCk=";
    private static final String SECRET = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJwcm9qZWN0IjoiYWNtZSJ9.c2ln";
    private static final String SHOP = "https://shop.example";
    private static final String DENIED =
            "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String secret = "";
    private String application = "";

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(
                folder, clock, "name: traefik, serves: verify, proxy: traefik, trusted-proxies: 127.0.0.1");
        Customer.created(server, "/v1/apis", """
                {"name": "inbenta", "dialect": "inbenta", "issuer": "%s", "listener": "orders", "hosts": ["inbenta.example"], "upstream": "%s",
                 "products": {"chatbot": "https://api.example.com/prod/chatbot", "knowledge": "https://api.example.com/prod/knowledge"},
                 "scopes": {"chatbot": {"description": "Chatbot", "browser_safe": true}, "knowledge": {"description": "Knowledge"}},
                 "routes": [{"methods": ["*"], "path": "/prod/chatbot/**", "any": ["chatbot"]},
                            {"methods": ["*"], "path": "/prod/knowledge/**", "any": ["knowledge"]},
                            {"methods": ["*"], "path": "/v1/**", "any": ["chatbot"]}]}
                """.formatted(server.base("orders"), server.upstreamBase()));
        customer("other", "other", "another-secret-of-length", List.of("chatbot", "knowledge"));
        secret = customer("acme", KEY, SECRET, List.of("chatbot"));
    }

    private String domainKey() {
        return Customer.created(
                        server,
                        "/v1/applications/" + application + "/credentials",
                        "{\"kind\":\"domain_key\",\"name\":\"d\",\"scopes\":{\"inbenta\":[\"chatbot\"]},\"origins\":[\""
                                + SHOP + "\"]}")
                .get("secret")
                .asString();
    }

    private String customer(String name, String key, String given, List<String> scopes) {
        String role = Setup.role(server, name, scopes, "inbenta");
        String organization = id(Customer.created(server, "/v1/organizations", "{\"name\":\"" + name + "\"}"));
        application = id(Customer.created(
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

    private Got page(String path, String body, String origin, String... more) {
        List<String> headers = new ArrayList<>(List.of("x-inbenta-key", KEY, "Content-Type", "application/json"));
        if (!origin.isEmpty()) {
            headers.addAll(List.of("Origin", origin));
        }
        headers.addAll(List.of(more));
        return server.send("orders", "POST", path, body, headers.toArray(String[]::new));
    }

    /// What a page of this origin is told.
    private static void readable(Got got) {
        assertThat(got.header("Access-Control-Allow-Origin")).isEqualTo(SHOP);
        assertThat(got.header("Vary")).contains("Origin");
    }

    private static void unreadable(Got got) {
        assertThat(got.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(got.header("Vary")).contains("Origin");
    }

    @Test
    void aPageExchangesADomainKeyAndRenews() {
        String key = domainKey();
        Got asked = server.send(
                "orders",
                "OPTIONS",
                "/v1/auth",
                "",
                "Origin",
                SHOP,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,x-inbenta-key");
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("content-type, x-inbenta-key");
        readable(asked);

        String body = "{\"domain_key\":\"" + key + "\"}";
        Got got = page("/v1/auth", body, SHOP);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(1200);
        readable(got);
        String bearer = "Bearer " + got.json().get("accessToken").asString();
        Got renewed = page("/v1/refreshToken", "{}", SHOP, "Authorization", bearer);
        assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
        readable(renewed);
        for (String origin : List.of("https://evil.example", "")) {
            for (Got refused : List.of(
                    page("/v1/auth", body, origin), page("/v1/refreshToken", "{}", origin, "Authorization", bearer))) {
                refused(refused, 403, "Domain not allowed");
                unreadable(refused);
            }
            assertThat(page("/prod/chatbot/v1/talk", "{}", origin, "Authorization", bearer)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(page("/prod/chatbot/v1/talk", "{}", SHOP, "Authorization", bearer)
                        .status())
                .isEqualTo(200);

        Got combined = page("/v1/auth", "{\"domain_key\":\"d\",\"user_personal_secret\":\"u\"}", SHOP);
        refused(combined, 422, "user_personal_secret can't be used with a domain key");
        readable(combined);
        unreadable(page("/v1/auth", "{\"secret\":\"" + SECRET + "\"}", SHOP));
    }

    /// What came from the wrong place is served, and noticed.
    @Test
    void aSecretOfAPageAndADomainKeyOfAProgramLeaveEvents() {
        String key = domainKey();
        try (LogTap log = new LogTap()) {
            page("/v1/auth", "{\"domain_key\":\"" + key + "\"}", SHOP, "Sec-Fetch-Site", "cross-site");
            page("/v1/auth", "{\"domain_key\":\"" + key + "\"}", SHOP);
            page("/v1/auth", "{\"secret\":\"" + SECRET + "\"}", SHOP);
            token();
            server.close();
            assertThat(log.text().lines().filter(line -> line.contains("gatehouse.noticed")))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("domain_key_from_program"),
                            line -> assertThat(line).contains("secret_from_page"));
        }
    }

    /// Asked by somebody else's proxy, an endpoint is a path that leads nowhere.
    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/apis", "POST /v1/refreshToken"})
    void anEndpointIsNothingToForwardAuth(String call) {
        String[] line = call.split(" ", -1);
        Got got = server.send(
                "traefik",
                "GET",
                "/verify",
                "",
                "X-Forwarded-Method",
                line[0],
                "X-Forwarded-Uri",
                line[1],
                "X-Forwarded-Host",
                "inbenta.example",
                "X-Forwarded-Proto",
                "http",
                "X-Forwarded-For",
                "127.0.0.1",
                "x-inbenta-key",
                KEY,
                "Authorization",
                "Bearer " + token());
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.text()).contains("Not found");
    }

    /// Whatever is sent of which nobody has one.
    @Test
    void whatNobodyHasIsRefusedAsWrong() {
        refused(
                auth("{\"secret\":\"" + SECRET + "\",\"user_personal_secret\":\"u\"}", "application/json"),
                422,
                "Invalid user personal secret");
        refused(
                auth("{\"domain_key\":\"d\",\"user_personal_secret\":\"u\"}", "application/json"),
                422,
                "user_personal_secret can't be used with a domain key");
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
