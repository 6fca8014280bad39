package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The endpoint for requests to people: what is sent there in which way, by whom, and what is said of it (OpenID
/// Connect CIBA Core 1.0 sections 4 and 7.1).
class BackchannelWireTest {
    private static final String GOOD = "scope=openid+things%3Aread&login_hint=alice";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private BackchannelWorld world;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        world = new BackchannelWorld(server, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got sent(String method, String query, String body, String type) {
        String path = BackchannelWorld.ENDPOINT + query;
        return type.isEmpty()
                ? server.send("orders", method, path, body, "Authorization", world.basic)
                : server.send("orders", method, path, body, "Authorization", world.basic, "Content-Type", type);
    }

    private void nobodyIsAsked() {
        world.reader.signIn(world.alice);
        assertThat(world.reader.open(BackchannelWorld.PAGE).text()).contains("id=\"none\"");
    }

    /// Section 7.1: POST, and nothing else.
    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    void anotherMethodIs405(String method) {
        for (Got got : List.of(sent(method, "?" + GOOD, "", ""), sent(method, "", GOOD, FORM))) {
            assertThat(got.status()).as(got.text()).isEqualTo(405);
            assertThat(got.header("Allow")).isEqualTo("POST");
            assertThat(got.text()).doesNotContain("auth_req_id");
        }
        nobodyIsAsked();
    }

    /// Section 7.1: a form.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded; charset=utf-16",
                "application/x-www-form-urlencoded, application/json"
            })
    void anotherContentTypeIs415(String type) {
        String json = "{\"scope\":\"openid\",\"login_hint\":\"alice\"}";
        Got got = sent("POST", "", type.equals("application/json") ? json : GOOD, type);
        assertThat(got.status()).as(got.text()).isEqualTo(415);
        nobodyIsAsked();
    }

    @Test
    void whatStandsInTheQueryIsRefused() {
        BackchannelWorld.error(sent("POST", "?" + GOOD, GOOD, FORM), "invalid_request");
        BackchannelWorld.error(sent("POST", "?" + GOOD, "", FORM), "invalid_request");
        BackchannelWorld.error(sent("POST", "", "", FORM), "invalid_request");
        nobodyIsAsked();
        assertThat(sent("POST", "", GOOD, FORM + "; charset=UTF-8").status()).isEqualTo(200);
    }

    /// RFC 6749 section 3.2: what is empty counts as left out, what is not known is passed over.
    @Test
    void whatIsEmptyOrUnknownIsPassedOver() {
        assertThat(world.begun("&binding_message=&requested_expiry=&user_code=&id_token_hint=&colour=red&acr_values=x")
                        .get("expires_in")
                        .asLong())
                .isEqualTo(600);
        BackchannelWorld.error(world.ask(GOOD + "&colour=red&colour=red"), "invalid_request");
    }

    /// Section 7.1: as at the token endpoint, by its one method, which is none that shows nothing.
    @Test
    void aClientThatDoesNotProveItselfIsNotHeard() {
        for (Got got : List.of(
                server.form("orders", BackchannelWorld.ENDPOINT, GOOD),
                server.form("orders", BackchannelWorld.ENDPOINT, GOOD + "&client_id=" + world.clientId),
                server.form(
                        "orders",
                        BackchannelWorld.ENDPOINT,
                        GOOD,
                        "Authorization",
                        RunningServer.basic(world.clientId, "wrong")))) {
            assertThat(got.status()).as(got.text()).isEqualTo(401);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
        }
        nobodyIsAsked();
    }

    /// Section 7.1: whom an assertion is for that proves the client: here as everywhere.
    @Test
    void anAssertionIsForTheIssuerOrTheTokenEndpointOrThisOne() {
        String issuer = server.base("orders");
        SigningApp app = SigningApp.create(server, "signer", List.of("one"), "");
        Got changed = server.admin(
                "PATCH",
                "/v1/applications/" + app.application(),
                "{\"grant_types\":[\"" + BackchannelWorld.GRANT + "\"],\"redirect_uris\":[]}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        for (Map.Entry<String, Integer> one : Map.of(
                        issuer,
                        200,
                        issuer + "/oauth2/token",
                        200,
                        issuer + BackchannelWorld.ENDPOINT,
                        200,
                        issuer + "/oauth2/par",
                        401,
                        "https://evil.test",
                        401)
                .entrySet()) {
            String assertion = app.with("one").assertion(one.getKey(), clock.instant());
            Got got = server.form("orders", BackchannelWorld.ENDPOINT, SigningClient.form(assertion, GOOD));
            assertThat(got.status()).as(one + got.text()).isEqualTo(one.getValue());
        }
    }

    /// Section 4.
    @Test
    void bothDocumentsSayWhatClientsMaySend() {
        for (String path : List.of("openid-configuration", "oauth-authorization-server")) {
            JsonNode document =
                    server.call("orders", "GET", "/.well-known/" + path).json();
            assertThat(document.get("backchannel_authentication_endpoint").asString())
                    .isEqualTo(server.base("orders") + BackchannelWorld.ENDPOINT);
            assertThat(document.get("backchannel_user_code_parameter_supported").asBoolean())
                    .isTrue();
            assertThat(texts(document, "backchannel_token_delivery_modes_supported"))
                    .containsExactly("poll", "ping");
            assertThat(texts(document, "backchannel_authentication_request_signing_alg_values_supported"))
                    .containsExactlyInAnyOrder("RS256", "PS256", "ES256", "EdDSA");
        }
    }

    private static List<String> texts(JsonNode document, String name) {
        return document.get(name).valueStream().map(JsonNode::asString).toList();
    }
}
