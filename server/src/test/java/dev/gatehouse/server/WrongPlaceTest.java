package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// GAUNTLET E01, E02, E04, E06, E07 and C04 through HTTP: what proves a member in one place proves nothing in
/// another, and an altered token proves nothing anywhere.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongPlaceTest {
    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer customer;
    private String jwt = "";
    private String sealed = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
        jwt = server.mint("orders", customer, "things:read");
        sealed = server.mint("parcels", customer, "things:read");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void eachOpensItsOwnApi() {
        assertThat(call("orders", "Bearer " + jwt).status()).isEqualTo(200);
        assertThat(call("parcels", "Bearer " + sealed).status()).isEqualTo(200);
        assertThat(call("orders", "bEaReR " + customer.apiKey()).status()).isEqualTo(200);
    }

    private Stream<Arguments> misplaced() {
        return Stream.of(
                Arguments.of("a JWT of another Api", "parcels", "Bearer " + jwt),
                Arguments.of("a sealed token of another Api", "orders", "Bearer " + sealed),
                Arguments.of("a client secret as bearer", "orders", "Bearer " + customer.secret()),
                Arguments.of("a client id as bearer", "orders", "Bearer " + customer.clientId()),
                Arguments.of("an id as bearer", "orders", "Bearer " + customer.apiKeyId()),
                Arguments.of(
                        "client authentication", "orders", RunningServer.basic(customer.clientId(), customer.secret())),
                Arguments.of("an API key as Basic", "orders", RunningServer.basic(customer.apiKey(), "")),
                Arguments.of("another scheme", "orders", "Token " + jwt),
                Arguments.of("no scheme", "orders", jwt),
                Arguments.of("an empty bearer", "orders", "Bearer"),
                Arguments.of("two tokens", "orders", "Bearer " + jwt + "," + jwt),
                Arguments.of("a space too many", "orders", "Bearer  " + jwt));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misplaced")
    void isInvalidAtTheGateway(String what, String api, String authorization) {
        invalid(call(api, authorization));
    }

    @Test
    void aTokenOrSecretInTheKeyHeaderIsInvalid() {
        for (String text : List.of(jwt, sealed, customer.secret(), "x", "null", "undefined")) {
            invalid(server.call("orders", "GET", "/things", "X-Api-Key", text));
        }
    }

    private Stream<Arguments> altered() {
        List<Arguments> rows = new ArrayList<>();
        String[] parts = jwt.split("\\.", -1);
        rows.add(Arguments.of("two segments", "orders", parts[0] + "." + parts[1]));
        rows.add(Arguments.of("empty signature", "orders", parts[0] + "." + parts[1] + "."));
        rows.add(Arguments.of("four segments", "orders", jwt + "." + parts[2]));
        for (String alg : List.of("none", "None", "nOnE", "", "HS256", "RS256", "ES384")) {
            String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            String other = header.replace("\"ES256\"", "\"" + alg + "\"");
            rows.add(Arguments.of("alg " + alg, "orders", encode(other) + "." + parts[1] + "." + parts[2]));
            rows.add(Arguments.of("alg " + alg + " unsigned", "orders", encode(other) + "." + parts[1] + "."));
        }
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String wider = claims.replace("things:read", "things:read things:write");
        assertThat(wider).isNotEqualTo(claims);
        rows.add(Arguments.of("more scope", "orders", parts[0] + "." + encode(wider) + "." + parts[2]));
        alterations("orders", jwt, rows);
        alterations("parcels", sealed, rows);
        return rows.stream();
    }

    private static void alterations(String api, String token, List<Arguments> rows) {
        for (int at = 0; at < token.length(); at += Math.max(1, token.length() / 24)) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            rows.add(Arguments.of("character " + at, api, token.substring(0, at) + other + token.substring(at + 1)));
        }
        rows.add(Arguments.of("shorter", api, token.substring(0, token.length() - 1)));
        rows.add(Arguments.of("longer", api, token + "A"));
        rows.add(Arguments.of("padded", api, token + "="));
        rows.add(Arguments.of("first half", api, token.substring(0, token.length() / 2)));
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("altered")
    void anAlteredTokenIsInvalid(String what, String api, String token) {
        invalid(call(api, "Bearer " + token));
    }

    @Test
    void nothingButAClientSecretAuthenticatesAClient() {
        for (String text : List.of(
                customer.apiKey(),
                jwt,
                sealed,
                customer.secretId(),
                server.bootstrapKey().reveal())) {
            var got = server.token(
                    "orders",
                    "grant_type=client_credentials",
                    "Authorization",
                    RunningServer.basic(customer.clientId(), text));
            assertThat(got.status()).as(got.text()).isEqualTo(401);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_client");
            assertThat(got.header("WWW-Authenticate")).startsWith("Basic ");
            var bearer = server.token("orders", "grant_type=client_credentials", "Authorization", "Bearer " + text);
            assertThat(bearer.status()).as(bearer.text()).isEqualTo(401);
            assertThat(bearer.json().get("error").asString()).isEqualTo("invalid_client");
        }
    }

    @Test
    void severalClientAuthenticationsAre400() {
        String basic = RunningServer.basic(customer.clientId(), customer.secret());
        for (String also : List.of(
                "client_secret=" + customer.secret(),
                "client_secret=wrong",
                "client_id=another",
                "client_assertion=x&client_assertion_type=y")) {
            var got = server.token("orders", "grant_type=client_credentials&" + also, "Authorization", basic);
            assertThat(got.status()).as(also).isEqualTo(400);
            assertThat(got.json().get("error").asString()).isEqualTo("invalid_request");
        }
    }

    @Test
    void anApisTokensAndSecretsAreNothingToTheAdminApi() {
        for (String text : List.of(jwt, sealed, customer.secret())) {
            var got = server.admin(dev.gatehouse.core.secret.Secret.of(text), "GET", "/v1/whoami", "");
            assertThat(got.status()).isEqualTo(401);
            assertThat(got.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"gatehouse\", error=\"invalid_token\"");
        }
    }

    private RunningServer.Got call(String api, String authorization) {
        return server.call(api, "GET", "/things", "Authorization", authorization);
    }

    /// One answer for all of them: nothing tells why.
    private static void invalid(RunningServer.Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(401);
        assertThat(got.header("WWW-Authenticate")).startsWith("Bearer error=\"invalid_token\", resource_metadata=\"");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.json().get("code").asString()).isEqualTo("invalid_token");
    }
}
