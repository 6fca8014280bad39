package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What devices send, and how those prove themselves that have something to prove themselves by (RFC 8628 sections
/// 3.1 and 3.4), over HTTP.
class DeviceParametersTest {
    private static final String ENDPOINT = "/oauth2/device_authorization";
    private static final String GRANT = "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";

    @TempDir
    Path folder;

    private RunningServer server;
    private String clientId;
    private String basic;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.openIdApi(server, "orders", "jwt");
        String role = Setup.role(server, "screens", "orders");
        var made = Customer.created(
                server,
                "/v1/organizations/" + Setup.root(server) + "/applications",
                "{\"name\":\"Screen\",\"role\":\"" + role + "\",\"grant_types\":"
                        + "[\"urn:ietf:params:oauth:grant-type:device_code\"]}");
        clientId = made.get("client_id").asString();
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + made.get("id").asString() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        basic = RunningServer.basic(clientId, secret);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got ask(String form) {
        return server.form("orders", ENDPOINT, form, "Authorization", basic);
    }

    private Got poll(String code, String... headers) {
        return server.token(
                "orders", "grant_type=" + GRANT + "&client_id=" + clientId + "&device_code=" + code, headers);
    }

    private static void error(Got got, int status, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.json().get("error").asString()).isEqualTo(error);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    /// Section 3.1: no parameter comes twice, whether it means something or not.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scope=things%3Aread&scope=things%3Aread",
                "scope=things%3Aread&scope=",
                "scope=&scope=",
                "client_id=a&client_id=b",
                "scope=things%3Aread&colour=red&colour=blue"
            })
    void aParameterThatComesTwiceIsRefused(String form) {
        error(ask(form), 400, "invalid_request");
    }

    /// Section 3.1: what is empty counts as left out.
    @Test
    void whatIsEmptyCountsAsLeftOut() {
        for (String form : new String[] {"scope=", "scope=&client_id=&resource=&authorization_details="}) {
            Got got = ask(form);
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            error(poll(got.json().get("device_code").asString(), "Authorization", basic), 400, "authorization_pending");
        }
        error(poll("", "Authorization", basic), 400, "invalid_request");
        error(server.form("orders", ENDPOINT, "client_id=&scope=things%3Aread"), 401, "invalid_client");
    }

    /// Section 3.1: what is not known is passed over, also what means something elsewhere.
    @Test
    void whatIsNotKnownIsPassedOver() {
        Got got = ask("scope=things%3Aread&colour=red&x.y_z-1=2&redirect_uri=https%3A%2F%2Fevil.test&state=s"
                + "&response_type=token&device_code=x&user_code=BBBB-BBBB&expires_in=1&interval=0");
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.json().get("expires_in").asLong()).isEqualTo(600);
        assertThat(got.json().get("interval").asLong()).isEqualTo(5);
        assertThat(got.text()).doesNotContain("BBBB-BBBB", "evil", "state");
    }

    /// Section 3.1: whoever has something to prove itself by does so, as at the token endpoint.
    @Test
    void aClientWithASecretGetsNoCodesWithoutIt() {
        error(server.form("orders", ENDPOINT, "client_id=" + clientId), 401, "invalid_client");
        error(server.form("orders", ENDPOINT, "scope=things%3Aread"), 401, "invalid_client");
        String wrong = RunningServer.basic(clientId, "wrong");
        Got got = server.form("orders", ENDPOINT, "scope=things%3Aread", "Authorization", wrong);
        error(got, 401, "invalid_client");
        assertThat(got.header("WWW-Authenticate")).startsWith("Basic");
        error(ask("client_id=another"), 400, "invalid_request");
    }

    /// Section 3.4: and again each time that it asks, which spends nothing where it does not.
    @Test
    void aClientWithASecretHearsNothingWithoutIt() {
        String code = ask("scope=things%3Aread").json().get("device_code").asString();
        for (int i = 0; i < 3; i++) {
            error(poll(code), 401, "invalid_client");
            error(poll(code, "Authorization", RunningServer.basic(clientId, "wrong")), 401, "invalid_client");
        }
        error(poll(code, "Authorization", basic), 400, "authorization_pending");
    }
}
