package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET C01, C03, C07, C08 and G01: what the token endpoint takes, and whom it takes for whom.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenRequestTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    static Path folder;

    private RunningServer server;
    private Customer customer;
    private Customer other;
    private String role = "";

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(folder, new TestClock());
        Setup.api(server, "orders", "jwt");
        role = Setup.role(server, "buyer", "orders");
        customer = Customer.create(server, "one", role);
        other = Customer.create(server, "two", role);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Stream<String> otherTypes() {
        return Stream.of(
                "Content-Type: application/json",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: text/plain",
                "Content-Type: " + FORM + ";charset=utf-16",
                "Content-Type: " + FORM + "; charset=utf-8; charset=utf-16",
                "Content-Type: " + FORM + "\r\nContent-Type: " + FORM,
                "Content-Type: " + FORM + ", application/json",
                "Content-Type: " + FORM + "\r\nContent-Encoding: gzip",
                "Content-Type: " + FORM + "\r\nContent-Encoding: identity",
                "X-No-Type: at all");
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void takesNothingButAForm(String headers) {
        String body = "grant_type=client_credentials";
        var answer = server.rawText(
                "orders",
                "POST /oauth2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                        + RunningServer.basic(customer.clientId(), customer.secret()) + "\r\n" + headers
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body,
                false);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).doesNotContain("access_token");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void anEmptyBodyIs400() {
        var got = server.token("orders", customer, "");
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.json().get("error").asString()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void anotherMethodIs405WithAllow(String method) {
        var answer = server.raw("orders", method + " /oauth2/token");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&grant_type=client_credentials",
                "grant_type=client_credentials&scope=things%3Aread&scope=things%3Awrite",
                "grant_type[]=client_credentials",
                "grant_type%00=client_credentials",
                "grant_type=",
                "scope=things%3Aread",
                "grant_type=client_credentials&x=%",
                "grant_type=client_credentials&x=%ff"
            })
    void aRepeatedMissingOrMalformedParameterIs400(String form) {
        refused(server.token("orders", customer, form), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "implicit",
                "Client_Credentials",
                "client_credentials%20",
                "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer"
            })
    void anotherGrantIsUnsupported(String grant) {
        refused(server.token("orders", customer, "grant_type=" + grant), 400, "unsupported_grant_type");
    }

    /// RFC 6749 section 5.2: the grant is known, the client has none of it.
    @ParameterizedTest
    @ValueSource(strings = {"authorization_code", "refresh_token"})
    void aGrantThatIsNotTheClientsIsRefused(String grant) {
        refused(server.token("orders", customer, "grant_type=" + grant), 400, "unauthorized_client");
    }

    /// Names that are close to a client's, none of which is its name.
    private Stream<String> names() {
        String id = customer.clientId();
        return Stream.of(
                customer.secretId(),
                customer.apiKeyId(),
                customer.organization(),
                id.toUpperCase(Locale.ROOT),
                id + " ",
                " " + id,
                id + "\u0000",
                id + "%20",
                id + "%00",
                "*",
                "%",
                id.substring(0, id.length() - 1),
                other.clientId(),
                fullWidth(id),
                "' OR 1=1--");
    }

    private static String fullWidth(String text) {
        return text.chars()
                .mapToObj(c -> c > 0x20 && c < 0x7f ? Character.toString(c + 0xfee0) : Character.toString(c))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("names")
    void onlyTheClientIdNamesAClient(String name) {
        String encoded = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
        var basic = server.token(
                "orders",
                "grant_type=client_credentials",
                "Authorization",
                RunningServer.basic(encoded, customer.secret()));
        refused(basic, 401, "invalid_client");
        assertThat(basic.header("WWW-Authenticate")).startsWith("Basic ");
        var post = server.token(
                "orders", "grant_type=client_credentials&client_id=" + encoded + "&client_secret=" + customer.secret());
        refused(post, 401, "invalid_client");
        assertThat(post.header("WWW-Authenticate")).isEmpty();
    }

    /// RFC 9068 section 5, RFC 9700 section 4.15: `sub` of a client's token is never that of a person.
    @Test
    void aClientIsNotCalledLikeAPerson() {
        String person = Person.create(server, "namesake").id();
        for (String name : List.of(person, customer.application(), customer.organization())) {
            Got got = server.admin(
                    "POST",
                    "/v1/organizations/" + customer.organization() + "/applications",
                    "{\"name\":\"named like\",\"client_id\":\"" + name + "\",\"role\":\"" + role + "\"}");
            assertThat(got.status()).as(got.text()).isEqualTo(400);
            assertThat(got.text()).contains("client_id");
        }
    }

    @Test
    void anApplicationThatChoseAClientIdIsNotFoundByItsId() {
        var application = Customer.created(
                server,
                "/v1/organizations/" + customer.organization() + "/applications",
                "{\"name\":\"named\",\"client_id\":\"shop-one\",\"role\":\"" + role + "\"}");
        String id = application.get("id").asString();
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + id + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"pair\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        String form = "grant_type=client_credentials&client_secret=" + secret + "&client_id=";
        assertThat(server.token("orders", form + "shop-one").status()).isEqualTo(200);
        for (String name : List.of(id, "Shop-one", "shop-one%20", "shop%2Done%00", "shop_one", "%C5%BFhop-one")) {
            refused(server.token("orders", form + name), 401, "invalid_client");
        }
    }

    private static Stream<String> scopes() {
        return Stream.of(
                "things%3Aadmin",
                "things%3Aread+things%3Aadmin",
                "unknown",
                "*",
                "things%3A*",
                "keys%3Awrite",
                "things%3Aread%09",
                "things%3Aread%00",
                "things%3Aread%0Athings%3Awrite",
                "%22",
                "%5C",
                "+things%3Aread",
                IntStream.range(0, 1000).mapToObj(i -> "s" + i).collect(Collectors.joining("+")));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void whatMayNotBeGrantedIsInvalidScope(String scope) {
        refused(server.token("orders", customer, "grant_type=client_credentials&scope=" + scope), 400, "invalid_scope");
    }

    @Test
    void aMegabyteOfScopeIsTooLarge() {
        var answer = server.rawText(
                "orders",
                "POST /oauth2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + FORM
                        + "\r\nContent-Length: 1048576\r\n\r\n",
                false);
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void aTokenNeverHasMoreThanTheRoleWhateverIsAskedFor() {
        var whole = server.token("orders", customer, "grant_type=client_credentials");
        assertThat(whole.json().get("scope").asString().split(" ", -1))
                .containsExactlyInAnyOrder("things:read", "things:write");
        var less = server.token("orders", customer, "grant_type=client_credentials&scope=things%3Aread");
        assertThat(less.json().get("scope").asString()).isEqualTo("things:read");
        String token = less.json().get("access_token").asString();
        var refused = server.call("orders", "POST", "/things", "Authorization", "Bearer " + token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"things:write\"");
    }

    private static void refused(Got got, int status, String error) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.json().get("error").asString()).isEqualTo(error);
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
        assertThat(got.text()).doesNotContain("access_token");
    }
}
