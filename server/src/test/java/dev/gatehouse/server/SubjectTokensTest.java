package dev.gatehouse.server;

import static dev.gatehouse.server.ExchangeWorld.encode;
import static dev.gatehouse.server.ExchangeWorld.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Other subject tokens than access tokens (RFC 8693 sections 2.1, 3 and 4.4), and whom tokens name that went
/// from one client to another, over HTTP.
class SubjectTokensTest {
    private static final String ISSUER = "https://ci.example.com";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String ID_TOKEN = "&subject_token_type=" + encode("urn:ietf:params:oauth:token-type:id_token");
    private static final String JWT = "&subject_token_type=" + encode(ExchangeWorld.JWT);
    private static final List<String> ACTING =
            List.of("things:read", "things:write", "openid", "profile", "offline_access", "tokens:exchange");
    private static final String GRANTS = "\"" + BackchannelWorld.GRANT + "\",\"" + EXCHANGE + "\"";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private RunningServer server;
    private Person alice;
    private BackchannelWorld till;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Setup.exchangingApi(server, "orders", "jwt");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "buyers", "orders")));
        till = client("till", "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private BackchannelWorld client(String name, String terms) {
        return new BackchannelWorld(server, alice, name, ACTING, GRANTS, terms);
    }

    private Got exchanged(BackchannelWorld client, String token, String more) {
        return server.token("orders", ExchangeWorld.form(token, more), "Authorization", client.basic);
    }

    private int call(Got got) {
        return server.call("orders", "GET", "/things", "Authorization", "Bearer " + ExchangeWorld.token(got))
                .status();
    }

    @Test
    void anIdTokenIsExchangedForWhatItsLoginGranted() {
        String idToken = till.granted().get("id_token").asString();
        Got got = exchanged(till, idToken, ID_TOKEN + "&scope=things%3Aread");
        assertThat(call(got)).isEqualTo(200);
        assertThat(got.json().get("issued_token_type").asString()).isEqualTo(ExchangeWorld.ACCESS_TOKEN);
        assertThat(got.json().get("scope").asString()).isEqualTo("things:read");
        assertThat(got.json().has("refresh_token")).isFalse();
        refused(exchanged(till, idToken, ID_TOKEN + "&scope=things%3Awrite"), "invalid_scope");
        refused(exchanged(till, idToken, ID_TOKEN + "&resource=urn%3Ax"), "invalid_target");
        refused(exchanged(till, idToken, ID_TOKEN + "&audience=urn%3Ax"), "invalid_target");
        refused(exchanged(till, idToken, JWT), "invalid_request");
        refused(exchanged(till, idToken, ""), "invalid_request");
        refused(exchanged(till, ExchangeWorld.token(got), ID_TOKEN), "invalid_request");
        refused(exchanged(till, idToken + "x", ID_TOKEN), "invalid_request");
    }

    /// RFC 9396 section 6: all of the details, some or none of them, and no others.
    @Test
    void anIdTokenIsExchangedForNoMoreDetailsThanItsLoginGranted() {
        Payments.at(server, "orders");
        JsonNode request = till.begun(Payments.asked("Shop"));
        till.answered("allow");
        String idToken = till.poll(request).json().get("id_token").asString();
        Got all = exchanged(till, idToken, ID_TOKEN);
        assertThat(all.json().get("authorization_details")).isEqualTo(Payments.tree("Shop"));
        assertThat(Payments.pay(server, "orders", ExchangeWorld.token(all)).status())
                .isEqualTo(200);
        String less = Payments.asked("Shop").replace("initiate%22%2C%22", "");
        Got some = exchanged(till, idToken, ID_TOKEN + less);
        assertThat(some.json().at("/authorization_details/0/actions").toString())
                .isEqualTo("[\"status\"]");
        Got none = exchanged(till, idToken, ID_TOKEN + "&authorization_details=%5B%5D");
        assertThat(none.json().has("authorization_details")).isFalse();
        assertThat(Payments.pay(server, "orders", ExchangeWorld.token(none)).status())
                .isEqualTo(403);
        String error = "invalid_authorization_details";
        refused(exchanged(till, idToken, ID_TOKEN + Payments.asked("Other")), error);
        refused(exchanged(till, idToken, ID_TOKEN + "&authorization_details=%7B%7D"), error);
    }

    /// Section 2.1: targets may be said again; several are none of ours.
    @Test
    void aTargetMayBeSaidAgain() {
        String token = till.granted().get("access_token").asString();
        String audience = "&audience="
                + encode(server.call("orders", "GET", "/.well-known/oauth-protected-resource")
                        .json()
                        .get("resource")
                        .asString());
        Got once = exchanged(till, token, audience);
        assertThat(exchanged(till, token, audience + audience).status()).isEqualTo(once.status());
        refused(exchanged(till, token, "&audience=a&audience=b"), "invalid_target");
        refused(exchanged(till, token, "&scope=things%3Aread&scope=things%3Aread"), "invalid_request");
    }

    /// GAUNTLET C07: nobody else's, with no actor, and none that is over.
    @Test
    void anIdTokenIsItsClientsAlone() {
        JsonNode tokens = till.granted();
        String idToken = tokens.get("id_token").asString();
        refused(exchanged(client("other", ""), idToken, ID_TOKEN), "invalid_request");
        refused(
                exchanged(
                        till,
                        idToken,
                        ID_TOKEN
                                + ExchangeWorld.acted(tokens.get("access_token").asString())),
                "invalid_request");
        assertThat(till.changed("{\"grant_types\":[\"" + BackchannelWorld.GRANT + "\"]}")
                        .status())
                .isEqualTo(200);
        refused(exchanged(till, idToken, ID_TOKEN), "unauthorized_client");
        assertThat(till.changed("{\"grant_types\":[" + GRANTS + "]}").status()).isEqualTo(200);
        assertThat(exchanged(till, idToken, ID_TOKEN).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(tokens.get("expires_in").asLong()));
        refused(exchanged(till, idToken, ID_TOKEN), "invalid_request");
    }

    /// Law 2: what is had by it ends with the grant, and it opens nothing once that has ended.
    @Test
    void whatAnIdTokenWasExchangedForEndsWithTheGrant() {
        String idToken = till.granted().get("id_token").asString();
        Got got = exchanged(till, idToken, ID_TOKEN);
        assertThat(call(got)).isEqualTo(200);
        server.admin("POST", "/v1/users/" + alice.id() + "/hold", "{}");
        assertThat(call(got)).isEqualTo(401);
        refused(exchanged(till, idToken, ID_TOKEN), "invalid_request");
        server.admin("POST", "/v1/users/" + alice.id() + "/lift", "{}");
        assertThat(call(got)).isEqualTo(200);
        till.reader.open("/oauth2/account");
        till.reader.send("/oauth2/account", "withdraw", till.application);
        assertThat(call(got)).isEqualTo(401);
        refused(exchanged(till, idToken, ID_TOKEN), "invalid_request");
    }

    private SigningClient trusted(BackchannelWorld client) {
        assertThat(client.changed("{\"grant_types\":[" + GRANTS + ",\"" + BEARER + "\"]}")
                        .status())
                .isEqualTo(200);
        KeyPair pair = SigningClient.draw();
        String credential = Customer.created(
                        server,
                        "/v1/applications/" + client.application + "/credentials",
                        "{\"kind\":\"public_key\",\"name\":\"ci\",\"assertion_issuer\":\"" + ISSUER
                                + "\",\"scopes\":\"role\",\"jwks\":" + SigningClient.jwks("one", pair) + "}")
                .get("id")
                .asString();
        return new SigningClient(Setup.root(server), client.application, client.clientId, credential, pair, "one");
    }

    private String assertion(SigningClient by, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "alice");
        claims.put("aud", server.base("orders"));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("exp", clock.instant().getEpochSecond() + 60);
        claims.putAll(more);
        return by.sign(by.header(), claims);
    }

    /// ADR 0037: once, for the client whose trust it is, which proves itself besides.
    @Test
    void whatATrustedIssuerSignedIsExchanged() {
        SigningClient issuer = trusted(till);
        String assertion = assertion(issuer, Map.of());
        Got got = exchanged(till, assertion, JWT + "&scope=things%3Aread");
        assertThat(call(got)).isEqualTo(200);
        assertThat(got.json().get("issued_token_type").asString()).isEqualTo(ExchangeWorld.ACCESS_TOKEN);
        refused(exchanged(till, assertion, JWT), "invalid_request");
        refused(exchanged(client("other", ""), assertion(issuer, Map.of()), JWT), "invalid_request");
        refused(
                exchanged(
                        till,
                        assertion(issuer, Map.of()),
                        JWT + ExchangeWorld.acted(got.json().get("access_token").asString())),
                "invalid_request");
        refused(exchanged(till, assertion(issuer, Map.of("sub", "nobody")), JWT), "invalid_request");
        refused(exchanged(till, assertion(issuer, Map.of("exp", 1)), JWT), "invalid_request");
        assertThat(till.changed("{\"grant_types\":[\"" + EXCHANGE + "\"]}").status())
                .isEqualTo(200);
        refused(exchanged(till, assertion(issuer, Map.of()), JWT), "unauthorized_client");
    }

    /// Section 4.4: where it is said who may act, nobody else does, and what is not understood is not true.
    @Test
    void whereItIsSaidWhoMayActNobodyElseDoes() {
        SigningClient issuer = trusted(till);
        for (Object may : List.of(
                Map.of("sub", till.clientId),
                Map.of("client_id", till.clientId),
                Map.of("sub", till.clientId, "iss", server.base("orders")))) {
            assertThat(exchanged(till, assertion(issuer, Map.of("may_act", may)), JWT)
                            .status())
                    .as(may.toString())
                    .isEqualTo(200);
        }
        for (Object may : List.of(
                Map.of("sub", "somebody"),
                Map.of("sub", till.clientId, "iss", ISSUER),
                Map.of("sub", till.clientId, "client_id", "other"),
                Map.of("sub", till.clientId, "eid", "1"),
                Map.of("iss", server.base("orders")),
                Map.of(),
                List.of(Map.of("sub", till.clientId)),
                till.clientId)) {
            refused(exchanged(till, assertion(issuer, Map.of("may_act", may)), JWT), "invalid_request");
            refused(
                    server.token(
                            "orders",
                            "grant_type=" + encode(BEARER) + "&assertion=" + assertion(issuer, Map.of("may_act", may)),
                            "Authorization",
                            till.basic),
                    "invalid_grant");
        }
    }

    private JsonNode introspected(BackchannelWorld client, String token) {
        JsonNode said = server.form(
                        "orders", "/oauth2/introspect", "token=" + encode(token), "Authorization", client.basic)
                .json();
        assertThat(said.get("active").asBoolean()).isTrue();
        return said;
    }

    private static String subject(String idToken) {
        return RunningServer.JSON
                .readTree(Base64.getUrlDecoder().decode(idToken.split("\\.", -1)[1]))
                .get("sub")
                .asString();
    }

    /// Who gets a user's token by exchange knows the user as it always does, never as who had the token before.
    @Test
    void whoGetsATokenByExchangeKnowsItsUserUnderItsOwnName() {
        BackchannelWorld first = client("first", ",\"subject_type\":\"pairwise\"");
        BackchannelWorld second = client("second", ",\"subject_type\":\"pairwise\"");
        JsonNode tokens = first.granted();
        String known = subject(tokens.get("id_token").asString());
        String own = subject(second.granted().get("id_token").asString());
        assertThat(known).isNotEqualTo(own);
        Got got = exchanged(second, tokens.get("access_token").asString(), "&scope=" + encode("openid things:read"));
        String token = ExchangeWorld.token(got);
        assertThat(introspected(second, token).get("sub").asString()).isEqualTo(own);
        Got userInfo = server.call("orders", "GET", "/oauth2/userinfo", "Authorization", "Bearer " + token);
        assertThat(got.text() + introspected(second, token) + userInfo.text())
                .doesNotContain(known, alice.id(), alice.id().substring(4));
        assertThat(userInfo.status()).as(userInfo.text()).isEqualTo(200);
        assertThat(userInfo.json().get("sub").asString()).isEqualTo(own);
    }
}
