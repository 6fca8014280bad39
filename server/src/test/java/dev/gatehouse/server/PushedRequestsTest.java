package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pushed authorization requests from the push to the code, over HTTP (RFC 9126, GAUNTLET B07).
class PushedRequestsTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Landing client;
    private Person alice;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
        reader = new Reader(server, "orders");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Got push(String body, String... headers) {
        return server.form("orders", "/oauth2/par", body, headers);
    }

    private String address() {
        Got pushed = push(client.parameters("openid things:read"));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        assertThat(pushed.header("Cache-Control")).isEqualTo("no-store");
        return address(pushed.json().get("request_uri").asString());
    }

    private String address(String uri) {
        return "/oauth2/authorize?client_id=" + client.clientId() + "&request_uri="
                + URLEncoder.encode(uri, StandardCharsets.UTF_8);
    }

    private Got allow(Reader browser) {
        return browser.send("/oauth2/consent", "decision", "allow");
    }

    /// Section 4: a page that is reloaded, a person that takes its time, and one answer.
    @Test
    void aPersonReloadsSignsInAndSaysYesOnce() {
        String address = address();
        assertThat(reader.open(address).status()).isEqualTo(303);
        String page = reader.page().header("Location");
        assertThat(page).startsWith("/oauth2/authorize?ask=");
        clock.advance(Duration.ofMinutes(5));
        assertThat(reader.open(address).text()).as("its time is over").contains("id=\"error\"");
        reader.open(page);
        assertThat(reader.open(page).text()).as("reloaded").contains("id=\"sign-in\"");
        reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
        assertThat(reader.follow().text()).contains("id=\"allow\"");
        String form = reader.form("decision", "allow");
        assertThat(reader.open(page).text()).as("reloaded").contains("id=\"allow\"");
        allow(reader);
        String code = client.answer(reader.onwards()).get("code");
        assertThat(client.redeem(code).status()).isEqualTo(200);
        Got again = reader.post("/oauth2/consent", form);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text()).contains("id=\"error\"").doesNotContain("code=");
    }

    @Test
    void theDocumentSaysWhereAndWhetherItIsRequired() {
        Got document = server.call("orders", "GET", "/.well-known/oauth-authorization-server");
        assertThat(document.json().get("pushed_authorization_request_endpoint").asString())
                .isEqualTo(server.base("orders") + "/oauth2/par");
        assertThat(document.json().get("require_pushed_authorization_requests").asBoolean())
                .isFalse();
    }

    /// Section 6: by the client's terms.
    @Test
    void whoHasToPushIsToldSo() {
        Got changed = server.admin(
                "PATCH",
                "/v1/applications/" + client.application(),
                "{\"require_pushed_authorization_requests\":true}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().get("require_pushed_authorization_requests").asBoolean())
                .isTrue();
        reader.signIn(alice);
        Got refused = reader.open(client.request("things:read", ""));
        assertThat(client.answer(refused.header("Location"))).containsEntry("error", "invalid_request");
        reader.open(address());
        assertThat(reader.follow().text()).contains("id=\"allow\"");
    }

    @Test
    void whatIsNoPushIsRefused() {
        assertThat(server.call("orders", "GET", "/oauth2/par").status()).isEqualTo(405);
        assertThat(push("").status()).isEqualTo(400);
        assertThat(push(client.parameters("openid") + "&request_uri=urn%3Ax")
                        .json()
                        .get("error")
                        .asString())
                .isEqualTo("invalid_request");
        assertThat(push(client.parameters("openid") + "&client_id=x").status()).isEqualTo(400);
        assertThat(push(client.parameters("openid").replace("client_id=", "client_id=x"))
                        .status())
                .isEqualTo(401);
        assertThat(push(client.parameters("openid") + "&claims=" + "x".repeat(20_000))
                        .status())
                .isEqualTo(413);
        assertThat(reader.open(address("urn:ietf:params:oauth:request_uri:" + "a".repeat(55)))
                        .status())
                .isEqualTo(400);
    }
}
