package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.ConformanceSuite.Client;
import dev.gatehouse.server.RunningServer.Got;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tokens in place of codes (OpenID Connect Core section 3.2): who gets them, once, and what ends them.
class ImplicitTest {
    private static final String BOTH = "id_token token";
    private static final String IMPLICIT = ImplicitClients.TERMS;

    @TempDir
    Path folder;

    private ConformanceSuite suite;
    private Reader reader;

    @BeforeEach
    void start() throws IOException {
        suite = new ConformanceSuite(folder);
        reader = suite.browser();
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    private Client client(String terms, String... more) {
        suite.implicit();
        return new ImplicitClients(suite).made(terms, more);
    }

    private Map<String, String> asked(Client client, String type, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "response_type";
        all[1] = type;
        System.arraycopy(more, 0, all, 2, more.length);
        suite.clock.advance(Duration.ofSeconds(1));
        return suite.authorize(reader, ConformanceSuite.request(client, "openid things:read offline_access", all));
    }

    private int call(Map<String, String> answer) {
        return suite.server
                .call("orders", "GET", "/things", "Authorization", "Bearer " + answer.get("access_token"))
                .status();
    }

    /// GAUNTLET A08: whoever says nothing has codes alone.
    @Test
    void nobodyIsAnsweredWithTokensWhereTheApiDoesNotSaySo() {
        JsonNode metadata = suite.server
                .call("orders", "GET", "/.well-known/openid-configuration")
                .json();
        assertThat(metadata.get("response_types_supported").toString()).isEqualTo("[\"code\"]");
        assertThat(metadata.get("grant_types_supported").toString()).doesNotContain("implicit");
        assertThat(metadata.get("response_modes_supported").toString()).doesNotContain("fragment");
        Client code = suite.known("client_secret_basic");
        for (String type : List.of("id_token", BOTH, "token", "code id_token")) {
            assertThat(asked(code, type)).as(type).containsEntry("error", "unsupported_response_type");
        }
        assertThat(suite.register("\"grant_types\":[\"implicit\"]", "\"response_types\":[\"id_token\"]")
                        .status())
                .isEqualTo(400);
        // what an operator writes down counts where an Api says so, and nowhere else
        Client early = new ImplicitClients(suite).made(IMPLICIT);
        assertThat(asked(early, BOTH)).containsEntry("error", "unsupported_response_type");
    }

    @Test
    void aClientIsAnsweredAsItRegistered() {
        Client identity = client("\"grant_types\":[\"implicit\"],\"response_types\":[\"id_token\"]");
        assertThat(asked(identity, BOTH)).containsEntry("error", "unauthorized_client");
        assertThat(asked(identity, "code")).containsEntry("error", "unauthorized_client");
        assertThat(suite.sentTo).contains("?error=");
        assertThat(asked(identity, "id_token")).containsOnlyKeys("id_token", "state", "iss");
        Client code = suite.known("client_secret_basic");
        assertThat(asked(code, "id_token")).containsEntry("error", "unauthorized_client");
        assertThat(suite.sentTo).contains("#error=").doesNotContain("?");
        assertThat(asked(code, "code")).containsKey("code");
    }

    /// RFC 9396: the access token carries them; an ID token alone opens nothing, and is refused.
    @Test
    void authorizationDetailsAreCarriedByAccessTokensAlone() {
        Client client = client(IMPLICIT);
        Payments.at(suite.server, "orders");
        String details = Payments.json("Shop");
        Map<String, String> answer = asked(client, BOTH, "authorization_details", details);
        assertThat(Payments.pay(suite.server, "orders", answer.get("access_token"))
                        .status())
                .as("%s", answer)
                .isEqualTo(200);
        assertThat(asked(client, "id_token", "authorization_details", details))
                .containsEntry("error", "invalid_authorization_details")
                .doesNotContainKey("id_token");
    }

    /// OAuth 2.0 Multiple Response Type Encoding Practices section 5, and hybrid types, which there are none of.
    @ParameterizedTest
    @CsvSource({
        "response_mode, query, invalid_request",
        "response_mode, query.jwt, invalid_request",
        "response_mode, web_message, invalid_request",
        "nonce, '', invalid_request",
        "scope, things:read, invalid_request",
        "scope, '', invalid_request",
        "dpop_jkt, 0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I, invalid_request",
        "response_type, token, unsupported_response_type",
        "response_type, code id_token, unsupported_response_type",
        "response_type, code token, unsupported_response_type",
        "response_type, code id_token token, unsupported_response_type",
        "response_type, id_token id_token, unsupported_response_type",
        "response_type, id_token  token, unsupported_response_type"
    })
    void whatIsWrongIsToldInTheFragment(String name, String value, String error) {
        Client client = client(IMPLICIT);
        assertThat(asked(client, BOTH, name, value))
                .containsEntry("error", error)
                .containsEntry("state", ConformanceSuite.STATE)
                .containsEntry("iss", suite.server.base("orders"))
                .doesNotContainKeys("access_token", "id_token", "code");
        assertThat(suite.sentTo).startsWith(ConformanceSuite.REDIRECT + "#").doesNotContain("?");
    }

    /// A double click gives one token, whether the second comes with the form or with the page before it.
    @Test
    void aRequestIsAnsweredOnce() {
        Client client = client(IMPLICIT);
        reader.open("/oauth2/authorize?"
                + ConformanceSuite.encoded(ConformanceSuite.request(client, "openid", "response_type", BOTH)));
        reader.send("/oauth2/sign-in", "username", suite.alice.username(), "password", suite.alice.password());
        String way = reader.page().header("Location");
        reader.follow();
        String form = reader.form("decision", "allow");
        assertThat(reader.post("/oauth2/consent", form).header("Refresh")).contains("#access_token=");
        for (Got again : List.of(reader.post("/oauth2/consent", form), reader.open(way))) {
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.text()).contains("id=\"error\"").doesNotContain("access_token");
            assertThat(again.headers()).doesNotContainKeys("location", "refresh");
        }
        assertThat(asked(client, BOTH)).as("another one").containsKey("access_token");
    }

    /// GAUNTLET A09: what stands in the fragment, or in the form, is for the client and nobody that it names.
    @Test
    void nothingOfTheAnswerIsKeptOrToldToOthers() {
        Client client = client(IMPLICIT);
        assertThat(asked(client, BOTH)).containsKey("access_token");
        for (String mode : List.of("fragment", "form_post")) {
            Got answer = reader.open("/oauth2/authorize?"
                    + ConformanceSuite.encoded(ConformanceSuite.request(
                            client, "openid things:read", "response_type", BOTH, "response_mode", mode)));
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            if (mode.equals("fragment")) {
                assertThat(answer.status()).isEqualTo(303);
                assertThat(answer.header("Location")).startsWith(ConformanceSuite.REDIRECT + "#access_token=");
                assertThat(answer.text()).isEmpty();
            } else {
                assertThat(answer.text()).contains("action=\"" + ConformanceSuite.REDIRECT + "\"");
                assertThat(answer.header("Content-Security-Policy"))
                        .startsWith("default-src 'none'; script-src 'sha256-")
                        .contains("frame-ancestors 'none'");
            }
        }
    }

    @Test
    void thereIsNoSecondWayToATokenAndNoneForLater() {
        Client client = client(IMPLICIT);
        Map<String, String> answer = asked(client, BOTH);
        assertThat(answer).containsEntry("scope", "openid things:read").doesNotContainKeys("refresh_token", "code");
        assertThat(call(answer)).isEqualTo(200);
        Got got = suite.server.token("orders", "grant_type=implicit&client_id=" + client.id());
        assertThat(got.status()).isBetween(400, 401);
    }

    @Test
    void itEndsWithItsConsentItsLoginAndItsClientAtOnce() {
        Client client = client(IMPLICIT);
        Map<String, String> first = asked(client, BOTH);
        assertThat(call(first)).isEqualTo(200);
        reader.open("/oauth2/account");
        assertThat(reader.send("/oauth2/account", "withdraw", client.secret()).status())
                .isEqualTo(303);
        assertThat(call(first)).as("consent").isEqualTo(401);

        Map<String, String> second = asked(client, BOTH);
        assertThat(call(second)).isEqualTo(200);
        reader.open("/oauth2/sign-out");
        reader.send("/oauth2/sign-out", "decision", "sign-out");
        assertThat(call(second)).as("login").isEqualTo(401);

        Map<String, String> third = asked(client, BOTH);
        assertThat(call(third)).isEqualTo(200);
        assertThat(suite.server
                        .admin("POST", "/v1/applications/" + client.secret() + "/suspend", "")
                        .status())
                .isEqualTo(200);
        assertThat(call(third)).as("client").isEqualTo(401);
    }

    /// An ID token says who somebody is, which is a right of its role.
    @Test
    void aClientThatMayNotAskWhoSomebodyIsGetsNothing() {
        Client client = client(IMPLICIT);
        String role = Setup.role(suite.server, "machines", List.of("things:read"), "orders");
        assertThat(suite.server
                        .admin("PATCH", "/v1/applications/" + client.secret(), "{\"role\":\"" + role + "\"}")
                        .status())
                .isEqualTo(200);
        for (String type : List.of(BOTH, "id_token")) {
            assertThat(asked(client, type))
                    .containsEntry("error", "invalid_scope")
                    .doesNotContainKey("id_token");
        }
    }

    @Test
    void whoseTokensAreBoundGetsNoneThatIsBoundToNothing() {
        Client client = client(IMPLICIT, ",\"dpop_bound_access_tokens\":true");
        for (String type : List.of(BOTH, "id_token")) {
            assertThat(asked(client, type)).containsEntry("error", "unauthorized_client");
        }
    }

    /// What may be had in an hour is no more where its tokens come at once, ID tokens alone included.
    @Test
    void whatIsAnsweredAtOnceIsChargedAsTokensAre() {
        Client client = client(IMPLICIT);
        var api = (ObjectNode) suite.server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name"));
        String limits = "{\"credential\":{\"requests\":2,\"seconds\":3600,\"burst\":2}}";
        api.set("limits", RunningServer.JSON.readTree(limits));
        Got got = suite.server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(asked(client, "id_token")).containsKey("id_token");
        assertThat(asked(client, BOTH)).containsKey("access_token");
        assertThat(asked(client, "id_token")).containsEntry("error", "temporarily_unavailable");
    }

    @Test
    void whatASignedAnswerSaysIsInTheFragmentToo() {
        Client client = client(IMPLICIT);
        Map<String, String> answer = asked(client, BOTH, "response_mode", "jwt");
        assertThat(answer).containsOnlyKeys("response");
        assertThat(suite.sentTo).startsWith(ConformanceSuite.REDIRECT + "#response=");
        JsonNode said = ConformanceSuite.part(answer.get("response"), 1);
        assertThat(said.get("aud").asString()).isEqualTo(client.id());
        assertThat(said.get("iss").asString()).isEqualTo(suite.server.base("orders"));
        assertThat(call(Map.of("access_token", said.get("access_token").asString())))
                .isEqualTo(200);
    }

    @Test
    void aPushedRequestIsAnsweredWithTokensOnce() {
        Client client = client(IMPLICIT + ",\"token_endpoint_auth_method\":\"client_secret_post\"");
        String secret = Customer.created(
                        suite.server,
                        "/v1/applications/" + client.secret() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        Got pushed = suite.server.form(
                "orders",
                "/oauth2/par",
                ConformanceSuite.encoded(ConformanceSuite.request(
                        client, "openid things:read", "response_type", BOTH, "client_secret", secret)));
        assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
        Map<String, String> request = Map.of(
                "client_id",
                client.id(),
                "request_uri",
                pushed.json().get("request_uri").asString());
        assertThat(call(suite.authorize(reader, request))).isEqualTo(200);
        assertThat(suite.authorize(reader, request)).containsEntry("status", "400");
    }
}
