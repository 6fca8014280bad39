package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An organization whose people connect the fake platform in browsers.
abstract class ConnectWorld {
    static final String RETURN = "https://app.example/connected";

    @TempDir
    Path folder;

    final TestClock clock = new TestClock(Instant.now());
    FakePlatform platform = new FakePlatform();
    RunningServer server;
    String organization = "";

    @BeforeEach
    final void open() throws IOException {
        server = RunningServer.with(folder, clock, platform.config(folder));
        api("orders", "\"" + RETURN + "\"");
        organization = Customer.created(server, "/v1/organizations", "{\"name\":\"Acme & Söhne\"}")
                .get("id")
                .asString();
    }

    @AfterEach
    final void close() {
        server.close();
        platform.close();
    }

    final void api(String name, String returns) {
        Customer.created(
                server,
                "/v1/apis",
                "{\"name\":\"%1$s\",\"issuer\":\"%2$s\",\"listener\":\"%1$s\",\"return_to\":[%3$s]}"
                        .formatted(name, server.base(name), returns));
    }

    final Got asked(String members) {
        return server.admin("POST", "/v1/organizations/" + organization + "/connect-sessions", "{" + members + "}");
    }

    static String members(String name, String beganBy) {
        return "\"api\":\"orders\",\"platform\":\"Fake\",\"name\":\"" + name + "\",\"began_by\":\"" + beganBy
                + "\",\"return_to\":\"" + RETURN + "\"";
    }

    /// A session for a connection of this name.
    final JsonNode begun(String name, String beganBy) {
        Got got = asked(members(name, beganBy));
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json();
    }

    /// A session for a connection that is there.
    final JsonNode again(String connection) {
        Got got = asked("\"api\":\"orders\",\"connection\":\"" + connection + "\",\"began_by\":\"ann\",\"return_to\":\""
                + RETURN + "\"");
        assertThat(got.status()).as(got.text()).isEqualTo(201);
        return got.json();
    }

    static String path(JsonNode session) {
        URI url = URI.create(session.get("url").asString());
        return url.getPath() + "?" + url.getQuery();
    }

    final Reader browser() {
        return new Reader(server, "orders");
    }

    /// Takes the link and goes on; returns where the platform's page is.
    final String taken(Reader browser, JsonNode session) {
        assertThat(browser.open(path(session)).status())
                .as(browser.page().text())
                .isEqualTo(200);
        Got got = browser.send("/oauth2/connect");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header("Refresh")).startsWith("0;url=https://fake.test:");
        return got.header("Refresh").substring("0;url=".length());
    }

    /// What the platform sends a browser back with that agreed.
    final Map<String, String> agreed(String url) {
        return query(URI.create(platform.agree(URI.create(url))).getRawQuery());
    }

    static Map<String, String> query(String raw) {
        return Stream.of(raw.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, _) -> one,
                        LinkedHashMap::new));
    }

    static String back(Map<String, String> parameters) {
        return back("Fake", parameters);
    }

    static String back(String type, Map<String, String> parameters) {
        return "/oauth2/connect/" + type + "/callback?"
                + parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /// All the way: what the page of the organization is told.
    final Map<String, String> through(Reader browser, JsonNode session) {
        return told(browser.open(back(agreed(taken(browser, session)))));
    }

    static Map<String, String> told(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(303);
        assertThat(got.header("Location")).startsWith(RETURN + "?");
        return query(got.header("Location").substring(RETURN.length() + 1));
    }

    final Got finished(Map<String, String> told, String beganBy, String... more) {
        return server.admin(
                "POST",
                "/v1/connect-sessions/" + told.get("connect_session") + "/finish",
                "{\"code\":\"" + told.get("connect_code") + "\",\"began_by\":\"" + beganBy + "\""
                        + String.join("", more) + "}");
    }

    final String state(JsonNode session) {
        Got got =
                server.admin("GET", "/v1/connect-sessions/" + session.get("id").asString(), "");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("state").asString();
    }

    final JsonNode connections() {
        return server.admin("GET", "/v1/organizations/" + organization + "/connections", "")
                .json()
                .get("items");
    }
}
