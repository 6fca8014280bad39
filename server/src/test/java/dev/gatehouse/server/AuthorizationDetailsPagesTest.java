package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
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

/// Authorization details (RFC 9396) that people are asked for: in a browser, by devices, in a back channel.
class AuthorizationDetailsPagesTest {
    private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([A-Za-z0-9_-]{43})\"");

    /// Values stand apart from the words of the provider, in their letters and in their direction.
    private static final String PAY = "Pay <strong><bdi>123.50</bdi></strong> <strong><bdi>EUR</bdi></strong> to ";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Person alice;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.openIdApi(server, "orders", "jwt");
        Payments.at(server, "orders");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got pay(String token) {
        return Payments.pay(server, "orders", token);
    }

    private static String access(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    /// Section 12 and GAUNTLET L07: what a client sends is a value in the provider's sentence, whatever it says.
    @Test
    void thePersonReadsWhatItAllows() throws IOException {
        Reader reader = new Reader(server, "orders");
        String hostile = "<script>alert(1)</script> {amount.value} &amp;";
        try (Landing client = Landing.open(server)) {
            Got page = asked(reader, alice, client, hostile);
            assertThat(page.text())
                    .contains(
                            PAY
                                    + "<strong><bdi>&lt;script&gt;alert(1)&lt;/script&gt; {amount.value} &amp;amp;</bdi></strong>",
                            "<bdi>actions</bdi>: <strong><bdi>initiate, status</bdi></strong>")
                    .doesNotContain("<script>alert");
            reader.send("/oauth2/consent", "decision", "allow");
            Got tokens = client.redeem(client.answer(reader.onwards()).get("code"));
            assertThat(tokens.json().get("authorization_details")).isEqualTo(Payments.tree(hostile));
            assertThat(pay(access(tokens)).status()).isEqualTo(200);
        }
    }

    private Got asked(Reader reader, Person person, Landing client, String creditor) {
        reader.open(client.request("openid things:read", Payments.asked(creditor)));
        reader.send("/oauth2/sign-in", "username", person.username(), "password", person.password());
        return reader.follow();
    }

    /// Yes to one payment is not yes to the same once more.
    @Test
    void whatIsAllowedIsAskedForEachTime() throws IOException {
        Reader reader = new Reader(server, "orders");
        try (Landing client = Landing.confidential(server)) {
            asked(reader, alice, client, "Shop");
            reader.send("/oauth2/consent", "decision", "allow");
            assertThat(answer(reader, client, "Shop", "&prompt=none")).containsEntry("error", "consent_required");
            assertThat(reader.open(client.request("openid things:read", Payments.asked("Shop")))
                            .text())
                    .contains(PAY + "<strong><bdi>Shop</bdi></strong>");
            assertThat(reader.open("/oauth2/account").text()).doesNotContain("123.50");
        }
    }

    /// Of a type that is remembered what was allowed once is not asked again, and nothing else is allowed by it.
    @Test
    void whatWasAllowedCountsForItselfAlone() throws IOException {
        String types = Payments.TYPES.replace("\"scope\"", "\"remember\": true, \"scope\"");
        Payments.at(server, "orders", types, Payments.ROUTE);
        Reader reader = new Reader(server, "orders");
        try (Landing client = Landing.confidential(server)) {
            asked(reader, alice, client, "Shop");
            reader.send("/oauth2/consent", "decision", "allow");
            assertThat(answer(reader, client, "Shop", "")).containsKey("code");
            assertThat(answer(reader, client, "Other", "&prompt=none")).containsEntry("error", "consent_required");
            assertThat(answer(reader, client, "Shop", "&prompt=none")).containsKey("code");
            assertThat(reader.open("/oauth2/account").text()).contains(PAY + "<strong><bdi>Shop</bdi></strong>");
        }
    }

    private static Map<String, String> answer(Reader reader, Landing client, String creditor, String more) {
        return client.answer(reader.open(client.request("openid things:read", Payments.asked(creditor) + more))
                .header("Location"));
    }

    /// RFC 8628.
    @Test
    void aDeviceAsksForThemToo() {
        String grant = "urn:ietf:params:oauth:grant-type:device_code";
        String television = Setup.deviceClient(server, "Television", "[\"" + grant + "\"]");
        String asking = "client_id=" + television + "&scope=things%3Aread";
        Got wrong = server.form(
                "orders",
                "/oauth2/device_authorization",
                asking + Payments.asked("Shop").replace("initiation", "x"));
        assertThat(wrong.json().get("error").asString()).isEqualTo("invalid_authorization_details");
        JsonNode device = server.form("orders", "/oauth2/device_authorization", asking + Payments.asked("Shop"))
                .json();
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/device");
        Got question = reader.send(
                "/oauth2/device", "user_code", device.get("user_code").asString());
        assertThat(question.text()).contains(PAY + "<strong><bdi>Shop</bdi></strong>");
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
                asking + Payments.asked("Shop").replace("initiation", "x"),
                "Authorization",
                basic);
        assertThat(wrong.json().get("error").asString()).isEqualTo("invalid_authorization_details");
        Got begun =
                server.form("orders", "/oauth2/bc-authorize", asking + Payments.asked("Shop"), "Authorization", basic);
        Reader reader = new Reader(server, "orders");
        reader.signIn(alice);
        reader.open("/oauth2/requests");
        Matcher name = REQUEST.matcher(reader.page().text());
        assertThat(name.find()).isTrue();
        assertThat(reader.send("/oauth2/requests", "request", name.group(1)).text())
                .contains(PAY + "<strong><bdi>Shop</bdi></strong>");
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
