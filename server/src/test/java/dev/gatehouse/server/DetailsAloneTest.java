package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A client that names no scope beside its authorization details gets these and nothing besides (RFC 9396, whose
/// examples ask so), wherever it asks.
class DetailsAloneTest {
    private static final String ALONE = "{\"methods\":[\"POST\"],\"path\":\"/payments\",\"authenticated\":true,"
            + "\"authorization_details\":\"payment_initiation\"}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private String role;

    private void start(String format, String route) throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", format);
        Payments.at(server, "orders", Payments.TYPES, route);
        role = Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got things(String token) {
        return server.call("orders", "GET", "/things", "Authorization", "Bearer " + token);
    }

    private Got asked(String path, JsonNode tokens, Customer by) {
        return server.form(
                "orders",
                path,
                "token=" + tokens.get("access_token").asString(),
                "Authorization",
                RunningServer.basic(by.clientId(), by.secret()));
    }

    /// The token pays, and opens nothing that needs a scope.
    private JsonNode paying(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        JsonNode tokens = got.json();
        assertThat(tokens.has("scope")).isFalse();
        assertThat(tokens.has("id_token")).isFalse();
        assertThat(tokens.get("authorization_details")).isEqualTo(Payments.tree("Shop"));
        String token = tokens.get("access_token").asString();
        Got paid = Payments.pay(server, "orders", token, "X-Gatehouse-Scope", "things:read");
        assertThat(paid.status()).as(paid.text()).isEqualTo(200);
        assertThat(paid.text()).contains("Shop").doesNotContain("things:read");
        assertThat(things(token).status()).isEqualTo(403);
        assertThat(server.call("orders", "GET", "/oauth2/userinfo", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(403);
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void aPersonAllowsOnePaymentAndNothingElse(String format) throws IOException {
        start(format, ALONE);
        Person alice = Person.create(server, "alice", Optional.of(role));
        Reader reader = new Reader(server, "orders");
        try (Landing client = Landing.open(server)) {
            String request = client.request("openid", Payments.asked("Shop")).replace("&scope=openid", "");
            assertThat(request).doesNotContain("scope=");
            reader.open(request);
            reader.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
            Got page = reader.follow();
            assertThat(page.text())
                    .contains("<strong><bdi>Shop</bdi></strong>")
                    .doesNotContain("See things", "Know who you are", "It only wants to know who you are");
            reader.send("/oauth2/consent", "decision", "allow");
            Got got = client.redeem(client.answer(reader.onwards()).get("code"));
            JsonNode tokens = paying(got);
            paying(client.refresh(tokens.get("refresh_token").asString()));
            assertThat(reader.open("/oauth2/account").text()).contains(client.application());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "sealed"})
    void anApplicationGetsOnePaymentAndNothingElse(String format) throws IOException {
        start(format, ALONE);
        Customer customer = Customer.create(server, "one", role);
        JsonNode tokens =
                paying(server.token("orders", customer, "grant_type=client_credentials" + Payments.asked("Shop")));
        JsonNode told = asked("/oauth2/introspect", tokens, customer).json();
        assertThat(told.get("active").asBoolean()).isTrue();
        assertThat(told.has("scope")).isFalse();
        assertThat(told.get("authorization_details")).isEqualTo(Payments.tree("Shop"));
        assertThat(asked("/oauth2/revoke", tokens, customer).status()).isEqualTo(200);
        assertThat(asked("/oauth2/introspect", tokens, customer)
                        .json()
                        .get("active")
                        .asBoolean())
                .isFalse();
    }

    /// What a route wants besides, a client asks for besides.
    @Test
    void aRouteThatWantsAScopeTooGetsNoneByDetails() throws IOException {
        start("jwt", Payments.ROUTE);
        Customer customer = Customer.create(server, "one", role);
        String grant = "grant_type=client_credentials" + Payments.asked("Shop");
        Got alone = server.token("orders", customer, grant);
        assertThat(Payments.pay(
                                server,
                                "orders",
                                alone.json().get("access_token").asString())
                        .status())
                .isEqualTo(403);
        Got both = server.token("orders", customer, grant + "&scope=things%3Aread");
        assertThat(both.json().get("scope").asString()).isEqualTo("things:read");
        assertThat(Payments.pay(
                                server,
                                "orders",
                                both.json().get("access_token").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDeviceAsksForOnePaymentToo() throws IOException {
        start("sealed", ALONE);
        Person alice = Person.create(server, "alice", Optional.of(role));
        String grant = "urn:ietf:params:oauth:grant-type:device_code";
        String television = Setup.deviceClient(server, "Television", "[\"" + grant + "\"]");
        JsonNode device = server.form(
                        "orders", "/oauth2/device_authorization", "client_id=" + television + Payments.asked("Shop"))
                .json();
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/device");
        Got question = reader.send(
                "/oauth2/device", "user_code", device.get("user_code").asString());
        assertThat(question.text()).contains("<strong><bdi>Shop</bdi></strong>").doesNotContain("See things");
        reader.send("/oauth2/device", "decision", "allow");
        clock.advance(Duration.ofSeconds(6));
        paying(server.token(
                "orders",
                "grant_type=" + grant.replace(":", "%3A") + "&client_id=" + television + "&device_code="
                        + device.get("device_code").asString()));
    }

    /// A type without a scope is for whoever gets tokens here: by details alone nobody becomes one of these, and
    /// nobody stays one.
    @Test
    void whoMayNothingHereMayNothingByDetails() throws IOException {
        start("jwt", ALONE);
        Payments.at(server, "orders", Payments.TYPES.replace(", \"scope\": \"things:read\"", ""), ALONE);
        String grant = "grant_type=client_credentials" + Payments.asked("Shop");
        Customer stranger = Customer.create(server, "stranger", Setup.role(server, "nobodies", List.of()));
        Got refused = server.token("orders", stranger, grant);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().get("error").asString()).isEqualTo("invalid_authorization_details");

        Customer customer = Customer.create(server, "one", role);
        String token = paying(server.token("orders", customer, grant))
                .get("access_token")
                .asString();
        assertThat(server.admin("PATCH", "/v1/roles/" + role, "{\"rights\":{}}").status())
                .isEqualTo(200);
        assertThat(Payments.pay(server, "orders", token).status()).isEqualTo(403);
    }
}
