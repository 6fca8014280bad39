package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that speaks as Data2CRM.API, with one customer and the fake platform.
abstract class Data2CrmWorld {
    static final String RETURN = "https://app.example/connected";
    static final String USER_KEY = "X-API2CRM-USER-KEY";
    static final String APPLICATION_KEY = "X-API2CRM-APPLICATION-KEY";

    static final String KEY = "{\"key\":\"" + FakePlatform.KEY + "\"}";
    static final String USER = "{\"email\":\"anna\",\"password\":\"" + FakePlatform.PASSWORD + "\"}";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock(Instant.now());
    final FakePlatform platform = new FakePlatform();
    RunningServer server;
    Customer acme;
    String api = "";

    @BeforeEach
    final void open() throws IOException {
        server = RunningServer.with(folder, clock, platform.config(folder));
        api = Customer.created(server, "/v1/apis", api(RETURN)).get("id").asString();
        acme = customer("acme", "crm:use", "applications:manage");
    }

    /// The Api, with one page that browsers are sent back to.
    final String api(String page) {
        return """
                {"name": "data2crm", "dialect": "data2crm", "issuer": "%s", "listener": "orders",
                 "return_to": ["%s"],
                 "scopes": {"crm:use": {"description": "Use the CRM"},
                            "applications:manage": {"description": "Connect CRMs"}},
                 "routes": [{"methods": ["*"], "path": "/v1/**", "any": ["crm:use"],
                             "connection": {"header": "X-API2CRM-APPLICATION-KEY"}}]}
                """.formatted(server.base("orders"), page);
    }

    @AfterEach
    final void close() {
        server.close();
        platform.close();
    }

    final Customer customer(String name, String... scopes) {
        return Customer.create(server, name, Setup.role(server, name, List.of(scopes), "data2crm"));
    }

    final void restart() throws IOException {
        server = server.restartedWith(folder, clock, platform.config(folder));
    }

    /// A request with the user key of a customer.
    final Got send(Customer customer, String method, String path, String body, String... headers) {
        return server.send(
                "orders",
                method,
                path,
                body,
                Stream.concat(
                                Stream.of(USER_KEY, customer.apiKey(), "Content-Type", "application/json"),
                                Stream.of(headers))
                        .toArray(String[]::new));
    }

    final Got send(String method, String path, String body) {
        return send(acme, method, path, body);
    }

    static String body(String authorization, String credential, String description) {
        return "{\"type\":\"Fake\",\"authorization\":\"%s\",\"credential\":%s,\"description\":\"%s\"}"
                .formatted(authorization, credential, description);
    }

    final Got create(String authorization, String credential) {
        return send("POST", "/v1/application", body(authorization, credential, authorization));
    }

    /// The key of an application that is made.
    final String created(String authorization, String credential) {
        Got got = create(authorization, credential);
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        assertThat(got.json().propertyNames()).containsExactly("key");
        return got.json().get("key").asString();
    }

    /// A call through an application.
    final Got call(String key) {
        return send(acme, "GET", "/v1/contacts", "", APPLICATION_KEY, key);
    }

    static void refused(Got got, int status, String code) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.header("Content-Type")).startsWith("application/problem+json");
        JsonNode json = got.json();
        assertThat(json.propertyNames()).containsExactly("type", "title", "status", "detail");
        assertThat(json.get("status").asInt()).isEqualTo(status);
        assertThat(json.get("detail").propertyNames()).containsExactly("code", "message");
        assertThat(json.get("detail").get("code").asString()).isEqualTo(code);
    }

    /// Sends a browser to the platform; returns where the platform's page is.
    final String sent(Reader browser) {
        Got got = browser.open(
                "/authorization/oauth/Fake/authorize?redirect=" + URLEncoder.encode(RETURN, StandardCharsets.UTF_8));
        assertThat(got.status()).as(got.text()).isEqualTo(302);
        assertThat(got.header("Location")).startsWith("https://fake.test:" + platform.port() + "/authorize?");
        return got.header("Location");
    }

    /// Where the platform sends a browser that agreed, as our path.
    final String agreed(String url) {
        URI back = URI.create(platform.agree(URI.create(url)));
        assertThat(back.getPath()).isEqualTo("/oauth2/connect/Fake/callback");
        return back.getPath() + "?" + back.getRawQuery();
    }

    /// What the page finds in the hash of its address.
    static Map<String, String> hash(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(302);
        assertThat(got.header("Location")).startsWith(RETURN + "#");
        return ConnectWorld.query(got.header("Location").substring(RETURN.length() + 1));
    }

    final Map<String, String> connected() {
        Reader browser = new Reader(server, "orders");
        return hash(browser.open(agreed(sent(browser))));
    }

    static String json(Map<String, String> members) {
        return RunningServer.JSON.writeValueAsString(members);
    }
}
