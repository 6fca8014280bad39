package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a pushed request when its client changes before a browser comes with it (RFC 9126 section 4):
/// it was checked when it was pushed, and counts as its client is now.
class PushedRequestLaterTest {
    @TempDir
    Path folder;

    private RunningServer server;
    private Landing client;
    private Reader reader;
    private String address;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        client = Landing.open(server);
        reader = new Reader(server, "orders");
        reader.signIn(alice);
        Got pushed = server.form("orders", "/oauth2/par", client.parameters("openid things:read"));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        address = "/oauth2/authorize?client_id=" + client.clientId() + "&request_uri="
                + URLEncoder.encode(pushed.json().get("request_uri").asString(), StandardCharsets.UTF_8);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void admin(String method, String more, String body) {
        Got got = server.admin(method, "/v1/applications/" + client.application() + more, body);
        assertThat(got.status()).as(got.text()).isBetween(200, 204);
    }

    private void shown(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.text()).contains("id=\"error\"").doesNotContain(client.redirect());
        assertThat(got.header("Location")).isEmpty();
        assertThat(got.header("Refresh")).isEmpty();
    }

    private Got arrives() {
        reader.open(address);
        return reader.follow();
    }

    @Test
    void ofAClientThatIsHeldNothingIsAsked() {
        admin("POST", "/hold", "{}");
        shown(reader.open(address));
        admin("POST", "/lift", "{}");
        assertThat(arrives().text()).as("it was not spent").contains("id=\"allow\"");
    }

    @Test
    void ofAClientThatIsRevokedNothingIsAsked() {
        admin("POST", "/revoke", "{}");
        shown(reader.open(address));
    }

    /// While the person reads the question too.
    @Test
    void aClientThatIsHeldMeanwhileGetsNoCode() {
        assertThat(arrives().text()).contains("id=\"allow\"");
        admin("POST", "/hold", "{}");
        Got got = reader.send("/oauth2/consent", "decision", "allow");
        shown(got);
        assertThat(got.text()).doesNotContain("code=");
    }

    /// RFC 6749 section 3.1.2.3: the address that the browser is sent to is a registered one when it is sent.
    @Test
    void aRedirectUriThatIsNoMoreIsGoneToByNobody() {
        admin("PATCH", "", "{\"redirect_uris\":[\"https://moved.example.com/cb\"]}");
        shown(reader.open(address));
    }

    @Test
    void aRedirectUriThatGoesWhileThePersonReadsIsGoneToByNobody() {
        assertThat(arrives().text()).contains("id=\"allow\"");
        admin("PATCH", "", "{\"redirect_uris\":[\"https://moved.example.com/cb\"]}");
        Got got = reader.send("/oauth2/consent", "decision", "allow");
        shown(got);
        assertThat(got.text()).doesNotContain("code=");
    }

    @Test
    void aClientThatSignsNobodyInAnyMoreIsAnsweredNowhere() {
        admin("PATCH", "", "{\"grant_types\":[],\"redirect_uris\":[]}");
        shown(reader.open(address));
    }

    @Test
    void aClientThatHasToSignFromNowOnHasNotSigned() {
        admin("PATCH", "", "{\"require_signed_request_object\":true}");
        reader.open(address);
        String onwards = reader.page().header("Location");
        String answered = onwards.startsWith("/") ? reader.follow().header("Location") : onwards;
        assertThat(client.answer(answered))
                .containsEntry("error", "invalid_request")
                .doesNotContainKey("code");
    }
}
