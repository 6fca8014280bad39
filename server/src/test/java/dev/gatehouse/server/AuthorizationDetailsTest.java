package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Authorization details (RFC 9396) from the admin API to the upstream, over HTTP.
class AuthorizationDetailsTest {
    private static final String HEADER = "X-Gatehouse-Authorization-Details";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Customer customer;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        Payments.at(server, "orders");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got own(String more) {
        return server.token("orders", customer, "grant_type=client_credentials&scope=things%3Aread" + more);
    }

    private Got pay(String token, String... headers) {
        return Payments.pay(server, "orders", token, headers);
    }

    private static String access(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    /// Section 10, RFC 9728.
    @Test
    void metadataTellTheTypes() {
        for (String path : List.of(
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-protected-resource")) {
            JsonNode types = server.call("orders", "GET", path).json().get("authorization_details_types_supported");
            assertThat(types).as(path).isEqualTo(RunningServer.JSON.readTree("[\"payment_initiation\"]"));
        }
    }

    /// What was granted reaches the upstream, in the words of Gatehouse and of nobody else.
    @Test
    void aRouteIsForWhoeverHasSuchADetail() {
        String token = access(own(Payments.asked("Shop")));
        Got paid = pay(token, HEADER, "[{\"type\":\"forged\"}]");
        assertThat(paid.status()).as(paid.text()).isEqualTo(200);
        assertThat(paid.text()).contains("payment_initiation").doesNotContain("forged");
        JsonNode headers = paid.json().get("headers");
        String told = headers.valueStream()
                .filter(one -> one.get(0).asString().equalsIgnoreCase(HEADER))
                .map(one -> one.get(1).asString())
                .findFirst()
                .orElseThrow();
        assertThat(RunningServer.JSON.readTree(told)).isEqualTo(Payments.tree("Shop"));

        Got without = pay(access(own("")));
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.header("WWW-Authenticate"))
                .contains("insufficient_scope", "authorization_details of the type payment_initiation");
        assertThat(server.call("orders", "POST", "/payments", "X-Api-Key", customer.apiKey())
                        .status())
                .isEqualTo(403);
        assertThat(server.call("orders", "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(200);
    }

    /// The longest that there may be goes through all of it.
    @Test
    void theLongestReachTheUpstreamToo() {
        String creditor =
                "c".repeat(AuthorizationDetails.MAX_LENGTH - Payments.json("").length());
        String token = access(own(Payments.asked(creditor)));
        Got paid = pay(token);
        assertThat(paid.status()).as(paid.text()).isEqualTo(200);
        assertThat(paid.text()).contains(creditor);
        Got longer = own(Payments.asked(creditor + "c"));
        assertThat(longer.status()).isEqualTo(400);
        assertThat(longer.json().get("error").asString()).isEqualTo("invalid_authorization_details");
    }

    /// Law 2: what the provider takes away from a type is taken away from what was issued, at once.
    @Test
    void aTypeThatAdmitsLessOrIsGoneNoLongerCounts() {
        String token = access(own(Payments.asked("Shop")));
        assertThat(pay(token).status()).isEqualTo(200);
        Payments.at(server, "orders", Payments.TYPES.replace("\"initiate\", ", ""), Payments.ROUTE);
        assertThat(pay(token).status()).isEqualTo(403);
        Payments.at(server, "orders");
        assertThat(pay(token).status()).isEqualTo(200);
        Payments.at(server, "orders", "{}", "");
        Got asked = server.form(
                "orders",
                "/oauth2/introspect",
                "token=" + token,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
        assertThat(asked.json().get("active").asBoolean()).isTrue();
        assertThat(asked.json().has("authorization_details")).isFalse();
        Got refused = own(Payments.asked("Shop"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asString()).isEqualTo("invalid_authorization_details");
    }

    /// Section 10: by the terms of the client.
    @Test
    void aClientMayBeBoundToTypes() {
        String application = "/v1/applications/" + customer.application();
        String before = access(own(Payments.asked("Shop")));
        assertThat(server.admin("PATCH", application, "{\"authorization_details_types\":[\"other\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(own(Payments.asked("Shop")).status()).isEqualTo(400);
        assertThat(pay(before).status()).as("what it has counts as little").isEqualTo(403);
        assertThat(server.admin("PATCH", application, "{\"authorization_details_types\":null}")
                        .status())
                .isEqualTo(200);
        assertThat(pay(before).status()).isEqualTo(200);
    }

    @Test
    void whatContradictsItselfIsNoType() {
        for (String wrong : List.of(
                Payments.TYPES.replace("things:read", "nothing"),
                Payments.TYPES.replace("[\"initiate\", \"status\"]", "[]"),
                Payments.TYPES.replace("{creditor}", "{nobody}"),
                Payments.TYPES.replace("\"kind\": \"object\"", "\"kind\": \"number\", \"values\": [\"1\"]"))) {
            Got got = Payments.put(server, "orders", wrong, Payments.ROUTE);
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("authorization_details_types");
        }
        assertThat(Payments.put(server, "orders", "{}", Payments.ROUTE).status())
                .isEqualTo(400);
        assertThat(Payments.put(
                                server,
                                "orders",
                                Payments.TYPES,
                                Payments.ROUTE.replace("\"any\":[\"things:read\"]", "\"open\":true"))
                        .status())
                .isEqualTo(400);
    }
}
