package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Authorization details (RFC 9396) from the admin API to the upstream, over HTTP.
class AuthorizationDetailsTest {
    private static final String TYPES = """
            {"payment_initiation":
                 {"description": "Pay {amount.value} {amount.currency} to {creditor}",
                  "descriptions": {"de": "{amount.value} {amount.currency} an {creditor} zahlen"}, "scope": "things:read",
                  "members": {"actions": {"kind": "texts", "required": true, "values": %s},
                              "creditor": {"kind": "text", "required": true},
                              "amount": {"kind": "object", "required": true}}}}
            """;
    private static final String ACTIONS = "[\"initiate\", \"status\"]";
    private static final String PAYMENT = "[{\"type\":\"payment_initiation\",\"actions\":[\"initiate\",\"status\"],"
            + "\"amount\":{\"currency\":\"EUR\",\"value\":\"123.50\"},\"creditor\":\"%s\"}]";
    private static final String ROUTE = "{\"methods\":[\"POST\"],\"path\":\"/payments\",\"any\":[\"things:read\"],"
            + "\"authorization_details\":\"payment_initiation\"}";
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([A-Za-z0-9_-]{43})\"");
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
        types(TYPES.formatted(ACTIONS), ROUTE);
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void types(String types, String route) {
        assertThat(put(types, route).status()).isEqualTo(200);
    }

    private Got put(String types, String route) {
        ObjectNode read = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        read.set("authorization_details_types", RunningServer.JSON.readTree(types));
        read.set(
                "routes",
                RunningServer.JSON.readTree("[" + route + (route.isEmpty() ? "" : ",")
                        + "{\"methods\":[\"GET\"],\"path\":\"/things\",\"any\":[\"things:read\"]}]"));
        read.remove(List.of("id", "name", "organization"));
        return server.admin("PUT", "/v1/apis/orders", read.toString());
    }

    private static String details(String creditor) {
        return "&authorization_details=" + URLEncoder.encode(PAYMENT.formatted(creditor), StandardCharsets.UTF_8);
    }

    private Got own(String more) {
        return server.token("orders", customer, "grant_type=client_credentials&scope=things%3Aread" + more);
    }

    private Got pay(String token, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.call("orders", "POST", "/payments", all);
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
        String token = access(own(details("Shop")));
        Got paid = pay(token, HEADER, "[{\"type\":\"forged\"}]");
        assertThat(paid.status()).as(paid.text()).isEqualTo(200);
        assertThat(paid.text()).contains("payment_initiation").doesNotContain("forged");
        JsonNode headers = paid.json().get("headers");
        String told = headers.valueStream()
                .filter(one -> one.get(0).asString().equalsIgnoreCase(HEADER))
                .map(one -> one.get(1).asString())
                .findFirst()
                .orElseThrow();
        assertThat(RunningServer.JSON.readTree(told))
                .isEqualTo(RunningServer.JSON.readTree(PAYMENT.formatted("Shop")));

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
        String creditor = "c".repeat(AuthorizationDetails.MAX_LENGTH - PAYMENT.formatted("").length());
        String token = access(own(details(creditor)));
        Got paid = pay(token);
        assertThat(paid.status()).as(paid.text()).isEqualTo(200);
        assertThat(paid.text()).contains(creditor);
        Got longer = own(details(creditor + "c"));
        assertThat(longer.status()).isEqualTo(400);
        assertThat(longer.json().get("error").asString()).isEqualTo("invalid_authorization_details");
    }

    /// Law 2: what the provider takes away from a type is taken away from what was issued, at once.
    @Test
    void aTypeThatAdmitsLessOrIsGoneNoLongerCounts() {
        String token = access(own(details("Shop")));
        assertThat(pay(token).status()).isEqualTo(200);
        types(TYPES.formatted("[\"status\"]"), ROUTE);
        assertThat(pay(token).status()).isEqualTo(403);
        types(TYPES.formatted(ACTIONS), ROUTE);
        assertThat(pay(token).status()).isEqualTo(200);
        types("{}", "");
        Got asked = server.form(
                "orders",
                "/oauth2/introspect",
                "token=" + token,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
        assertThat(asked.json().get("active").asBoolean()).isTrue();
        assertThat(asked.json().has("authorization_details")).isFalse();
        Got refused = own(details("Shop"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asString()).isEqualTo("invalid_authorization_details");
    }

    /// Section 10: by the terms of the client.
    @Test
    void aClientMayBeBoundToTypes() {
        String application = "/v1/applications/" + customer.application();
        String before = access(own(details("Shop")));
        assertThat(server.admin("PATCH", application, "{\"authorization_details_types\":[\"other\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(own(details("Shop")).status()).isEqualTo(400);
        assertThat(pay(before).status()).as("what it has counts as little").isEqualTo(403);
        assertThat(server.admin("PATCH", application, "{\"authorization_details_types\":null}")
                        .status())
                .isEqualTo(200);
        assertThat(pay(before).status()).isEqualTo(200);
    }

    @Test
    void whatContradictsItselfIsNoType() {
        for (String wrong : List.of(
                TYPES.formatted(ACTIONS).replace("things:read", "nothing"),
                TYPES.formatted("[]"),
                TYPES.formatted(ACTIONS).replace("{creditor}", "{nobody}"),
                TYPES.formatted(ACTIONS).replace("\"kind\": \"object\"", "\"kind\": \"number\", \"values\": [\"1\"]"))) {
            Got got = put(wrong, ROUTE);
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("authorization_details_types");
        }
        assertThat(put("{}", ROUTE).status()).isEqualTo(400);
        assertThat(put(TYPES.formatted(ACTIONS), ROUTE.replace("\"any\":[\"things:read\"]", "\"open\":true"))
                        .status())
                .isEqualTo(400);
    }

    /// Section 12 and GAUNTLET L07: what a client sends is a value in the provider's sentence, whatever it says.
    @Test
    void thePersonReadsWhatItAllows() throws IOException {
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        Reader reader = new Reader(server, "orders");
        String hostile = "<script>alert(1)</script> {amount.value} &amp;";
        try (Landing client = Landing.open(server)) {
            Got page = asked(reader, alice, client, hostile);
            assertThat(page.text())
                    .contains(
                            "Pay 123.50 EUR to &lt;script&gt;alert(1)&lt;/script&gt; {amount.value} &amp;amp;",
                            "<bdi>actions</bdi>: <bdi>initiate, status</bdi>")
                    .doesNotContain("<script>alert");
            reader.send("/oauth2/consent", "decision", "allow");
            Got tokens = client.redeem(client.answer(reader.onwards()).get("code"));
            assertThat(tokens.json().get("authorization_details"))
                    .isEqualTo(RunningServer.JSON.readTree(PAYMENT.formatted(hostile)));
            assertThat(pay(access(tokens)).status()).isEqualTo(200);
        }
    }

    private Got asked(Reader reader, Person person, Landing client, String creditor) {
        reader.open(client.request("openid things:read", details(creditor)));
        reader.send("/oauth2/sign-in", "username", person.username(), "password", person.password());
        return reader.follow();
    }

    /// What was allowed once is not asked again, and nothing else is allowed by it.
    @Test
    void whatWasAllowedCountsForItselfAlone() throws IOException {
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        Reader reader = new Reader(server, "orders");
        try (Landing client = Landing.confidential(server)) {
            asked(reader, alice, client, "Shop");
            reader.send("/oauth2/consent", "decision", "allow");
            assertThat(answer(reader, client, "Shop", "")).containsKey("code");
            assertThat(answer(reader, client, "Other", "&prompt=none")).containsEntry("error", "consent_required");
            assertThat(answer(reader, client, "Shop", "&prompt=none")).containsKey("code");
        }
    }

    private static Map<String, String> answer(Reader reader, Landing client, String creditor, String more) {
        return client.answer(reader.open(client.request("openid things:read", details(creditor) + more))
                .header("Location"));
    }

    /// RFC 8628.
    @Test
    void aDeviceAsksForThemToo() {
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        String grant = "urn:ietf:params:oauth:grant-type:device_code";
        String television = Setup.deviceClient(server, "Television", "[\"" + grant + "\"]");
        String asking = "client_id=" + television + "&scope=things%3Aread";
        Got wrong = server.form(
                "orders", "/oauth2/device_authorization", asking + details("Shop").replace("initiation", "x"));
        assertThat(wrong.json().get("error").asString()).isEqualTo("invalid_authorization_details");
        JsonNode device = server.form("orders", "/oauth2/device_authorization", asking + details("Shop"))
                .json();
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/device");
        Got question = reader.send(
                "/oauth2/device", "user_code", device.get("user_code").asString());
        assertThat(question.text()).contains("Pay 123.50 EUR to Shop");
        reader.send("/oauth2/device", "decision", "allow");
        clock.advance(Duration.ofSeconds(6));
        Got got = server.token(
                "orders",
                "grant_type=" + grant.replace(":", "%3A") + "&client_id=" + television + "&device_code="
                        + device.get("device_code").asString());
        assertThat(pay(access(got)).status()).isEqualTo(200);
    }

    /// OpenID Connect CIBA Core section 7.1.
    @Test
    void aRequestInTheBackChannelToo() {
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        String grant = "urn:openid:params:grant-type:ciba";
        String role = Setup.role(server, "tills", List.of("things:read", "openid"), "orders");
        JsonNode made = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"Till\",\"role\":\"" + role + "\",\"grant_types\":[\"" + grant + "\"]}");
        JsonNode secret = Customer.created(
                server,
                "/v1/applications/" + made.get("id").asString() + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}");
        String basic = RunningServer.basic(
                made.get("client_id").asString(), secret.get("secret").asString());
        String asking = "scope=openid+things%3Aread&login_hint=alice";
        Got wrong = server.form(
                "orders",
                "/oauth2/bc-authorize",
                asking + details("Shop").replace("initiation", "x"),
                "Authorization",
                basic);
        assertThat(wrong.json().get("error").asString()).isEqualTo("invalid_authorization_details");
        Got begun = server.form("orders", "/oauth2/bc-authorize", asking + details("Shop"), "Authorization", basic);
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/requests");
        Matcher name = REQUEST.matcher(reader.page().text());
        assertThat(name.find()).isTrue();
        assertThat(reader.send("/oauth2/requests", "request", name.group(1)).text())
                .contains("Pay 123.50 EUR to Shop");
        reader.send("/oauth2/requests", "decision", "allow");
        Got got = server.token(
                "orders",
                "grant_type=" + grant.replace(":", "%3A") + "&auth_req_id="
                        + begun.json().get("auth_req_id").asString(),
                "Authorization",
                basic);
        assertThat(pay(access(got)).status()).isEqualTo(200);
    }
}
