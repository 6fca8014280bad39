package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What others get to see of an application that acts for a customer, and what it does not open (GAUNTLET G02,
/// G04).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActingForCustomersTest {
    private static final String EXCHANGE = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange";
    private static final String OF_CUSTOMER = "&subject_token_type=urn%3Agatehouse%3Atoken-type%3Acustomer";
    private static final String OF_TOKEN =
            "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";

    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer actor;
    private Customer stranger;
    private String customer = "";
    private String strangers = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.delegatingApi(server, "orders", "jwt");
        Setup.delegatingApi(server, "parcels", "sealed");
        String role = Setup.role(
                server, "delegate", List.of("things:read", "things:write", "tokens:delegate"), "orders", "parcels");
        actor = Customer.create(server, "actor", role);
        stranger = Customer.create(server, "stranger", role);
        customer = customerOf(actor.organization());
        strangers = customerOf(stranger.organization());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String customerOf(String organization) {
        return Customer.created(server, "/v1/organizations/" + organization + "/customers", "{\"name\":\"4711\"}")
                .get("id")
                .asString();
    }

    private String acting(String api, String scope) {
        Got got = server.token(
                api, actor, EXCHANGE + OF_CUSTOMER + "&subject_token=" + customer + "&scope=" + encode(scope));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> forwarded(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        got.json()
                .get("headers")
                .forEach(header -> headers.merge(
                        header.get(0).asString(), header.get(1).asString(), (one, other) -> one + "," + other));
        return headers;
    }

    private static JsonNode claims(String jwt) {
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void theUpstreamGetsCustomerAndApplication(String api) {
        Map<String, String> headers = forwarded(server.call(
                api,
                "GET",
                "/things",
                "Authorization",
                "Bearer " + acting(api, "things:read"),
                "X-Gatehouse-Customer",
                strangers,
                "X_Gatehouse_Customer",
                strangers));
        assertThat(headers)
                .containsEntry("X-Gatehouse-Customer", customer)
                .containsEntry("X-Gatehouse-Client-Id", actor.clientId())
                .containsEntry("X-Gatehouse-Organization", actor.organization())
                .doesNotContainValue(strangers);
        JsonNode assertion = claims(headers.get("X-Gatehouse-Assertion"));
        assertThat(assertion.get("sub").asString()).isEqualTo(customer);
        assertThat(assertion.at("/act/sub").asString()).isEqualTo(actor.clientId());
        assertThat(assertion.get("client_id").asString()).isEqualTo(actor.clientId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void anApplicationThatActsForItselfNamesNoCustomer(String api) {
        Map<String, String> headers = forwarded(server.call(
                api,
                "GET",
                "/things",
                "Authorization",
                "Bearer " + server.mint(api, actor, "things:read"),
                "X-Gatehouse-Customer",
                customer));
        assertThat(headers).doesNotContainKey("X-Gatehouse-Customer");
        JsonNode assertion = claims(headers.get("X-Gatehouse-Assertion"));
        assertThat(assertion.get("sub").asString()).isEqualTo(actor.clientId());
        assertThat(assertion.has("act")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void introspectionShowsSubjectAndActor(String api) {
        Got got = server.form(
                api,
                "/oauth2/introspect",
                "token=" + encode(acting(api, "things:read")),
                "Authorization",
                RunningServer.basic(actor.clientId(), actor.secret()));
        assertThat(got.json().get("sub").asString()).isEqualTo(customer);
        assertThat(got.json().get("act"))
                .isEqualTo(RunningServer.JSON.readTree("{\"sub\":\"" + actor.clientId() + "\"}"));
        assertThat(got.json().get("client_id").asString()).isEqualTo(actor.clientId());
        Got other = server.form(
                api,
                "/oauth2/introspect",
                "token=" + encode(acting(api, "things:read")),
                "Authorization",
                RunningServer.basic(stranger.clientId(), stranger.secret()));
        assertThat(other.text()).as("G03").isEqualTo("{\"active\":false}");
    }

    /// GAUNTLET G04: the verdict of one route says nothing of another, nor that of a wide token of a narrow one.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void aNarrowTokenIsJudgedByItself(String api) {
        String wide = acting(api, "things:write");
        Got exchanged = server.token(
                api, actor, EXCHANGE + OF_TOKEN + "&subject_token=" + encode(wide) + "&scope=things%3Aread");
        String narrow = exchanged.json().get("access_token").asString();
        for (int i = 0; i < 2; i++) {
            assertThat(call(api, "POST", wide)).isEqualTo(200);
            assertThat(call(api, "GET", narrow)).isEqualTo(200);
            assertThat(call(api, "POST", narrow)).isEqualTo(403);
        }
    }

    private int call(String api, String method, String token) {
        return server.call(api, method, "/things", "Authorization", "Bearer " + token)
                .status();
    }

    /// Whatever is no subject of this client's, the answer is the same.
    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void nobodyActsForStrangersNorExchangesWhatIsTheirs(String api) {
        String other = api.equals("orders") ? "parcels" : "orders";
        String own = server.mint(api, actor, "things:read");
        Got never = exchange(api, OF_CUSTOMER, "cust_0000000000001");
        for (String subject : List.of(strangers, actor.organization(), actor.application(), own)) {
            same(exchange(api, OF_CUSTOMER, subject), never);
        }
        for (String subject : List.of(
                server.mint(api, stranger, "things:read"),
                server.mint(other, actor, "things:read"),
                actor.apiKey(),
                actor.secret(),
                customer)) {
            same(exchange(api, OF_TOKEN, subject), never);
        }
        assertThat(never.json().get("error").asString()).isEqualTo("invalid_request");
    }

    private Got exchange(String api, String type, String subject) {
        return server.token(api, actor, EXCHANGE + type + "&subject_token=" + encode(subject));
    }

    private static void same(Got got, Got never) {
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.text()).isEqualTo(never.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "parcels"})
    void theMetadataListsTheGrant(String api) {
        assertThat(server.call(api, "GET", "/.well-known/oauth-authorization-server")
                        .json()
                        .get("grant_types_supported")
                        .toString())
                .contains("\"client_credentials\"", "\"urn:ietf:params:oauth:grant-type:token-exchange\"");
    }

    /// An Api whose catalogue has no `tokens:delegate` lets nobody act for others; whoever holds it elsewhere
    /// does not hold it here.
    @ParameterizedTest
    @ValueSource(strings = {"orders"})
    void anApiWithoutTheScopeHasNoDelegation(String api) {
        String parcelsOnly = Setup.role(server, "elsewhere", List.of("things:read", "tokens:delegate"), "parcels");
        Customer other = Customer.create(server, "elsewhere", parcelsOnly);
        String its = customerOf(other.organization());
        Got got = server.token(api, other, EXCHANGE + OF_CUSTOMER + "&subject_token=" + its);
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isEqualTo("unauthorized_client");
    }
}
