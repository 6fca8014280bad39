package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What browsers are told about pages (GAUNTLET I06, K08), in front of an upstream that lets everybody in.
class CorsTest {
    private static final String KEYED = "https://example.com";
    private static final String OWN = "https://app.example.net";
    private static final String FOREIGN = "https://evil.example";

    @TempDir
    Path folder;

    private RunningServer server;
    private HttpServer upstream;
    private Customer customer;
    private JsonNode key;

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
            exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
            exchange.getResponseHeaders().add("Access-Control-Expose-Headers", "X-Inner");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("/gone") ? 404 : 200, -1);
            exchange.close();
        });
        upstream.start();
        server = RunningServer.start(folder, new TestClock());
        Customer.created(
                server,
                "/v1/apis",
                Pages.body(server, "orders", "\"format\": \"sealed\"", ", \"cors\": {\"origins\": [\"" + OWN + "\"]}")
                        .replace(
                                server.upstreamBase(),
                                "http://127.0.0.1:" + upstream.getAddress().getPort()));
        customer = Customer.create(server, "Acme", Setup.role(server, "readers", "orders"));
        key = Pages.key(server, customer, "orders", KEYED);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.stop(0);
    }

    private Got preflight(String path, String origin, String... more) {
        List<String> headers = Stream.concat(
                        Stream.of("Origin", origin, "Access-Control-Request-Method", "GET"), Stream.of(more))
                .toList();
        return server.call("orders", "OPTIONS", path, headers.toArray(String[]::new));
    }

    private static void silent(Got got) {
        assertThat(got.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(varies(got)).contains("Origin");
    }

    private static String varies(Got got) {
        return String.join(", ", got.headers().getOrDefault("vary", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, OWN})
    void aPreflightOfAnAllowedPageIsAnsweredBeforeAnyCredentialIsKnown(String origin) {
        Got got = preflight("/things", origin, "Access-Control-Request-Headers", "authorization, X-Custom");
        assertThat(got.status()).isEqualTo(204);
        assertThat(got.header("Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(got.header("Access-Control-Allow-Methods")).isEqualTo("GET");
        assertThat(got.header("Access-Control-Allow-Headers")).isEqualTo("authorization, x-custom");
        assertThat(Integer.parseInt(got.header("Access-Control-Max-Age"))).isBetween(1, 600);
        assertThat(got.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(varies(got)).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {FOREIGN, "null", "https://example.com.evil.test", "http://example.com", "*"})
    void aPreflightOfAnotherPageIsToldNothing(String origin) {
        Got got = preflight("/things", origin);
        assertThat(got.status()).isEqualTo(403);
        silent(got);
    }

    @Test
    void noPageReachesAPrivateNetworkThroughAPreflight() {
        Got got = preflight("/things", KEYED, "Access-Control-Request-Private-Network", "true");
        assertThat(got.status()).isEqualTo(204);
        assertThat(got.header("Access-Control-Allow-Private-Network")).isEmpty();
    }

    @Test
    void headersThatCannotBeReadAreNotAllowed() {
        for (String headers : List.of("x y", "authorization,", "x".repeat(3000))) {
            Got got = preflight("/things", KEYED, "Access-Control-Request-Headers", headers);
            assertThat(got.header("Access-Control-Allow-Headers")).as(headers).isEmpty();
        }
    }

    @Test
    void aPageThatIsTakenAwayIsForeignAtOnce() {
        String path = "/v1/credentials/" + key.get("id").asString();
        assertThat(preflight("/things", KEYED).status()).isEqualTo(204);
        assertThat(server.admin("POST", path + "/revoke", "").status()).isEqualTo(200);
        assertThat(preflight("/things", KEYED).status()).isEqualTo(403);
        assertThat(preflight("/things", OWN).status()).isEqualTo(204);
    }

    @Test
    void whatTheUpstreamSaysOfOriginsIsReplaced() {
        String token = "Bearer " + server.mint("orders", customer, "things:read");
        Got own = server.call("orders", "GET", "/things", "Authorization", token, "Origin", OWN);
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.headers().get("access-control-allow-origin")).containsExactly(OWN);
        assertThat(own.headers().get("access-control-expose-headers")).containsExactly("*");
        assertThat(own.header("Access-Control-Allow-Credentials")).isEmpty();
        silent(server.call("orders", "GET", "/things", "Authorization", token, "Origin", FOREIGN));
        silent(server.call("orders", "GET", "/things", "Authorization", token));
        silent(server.call("orders", "GET", "/open/page", "Origin", FOREIGN));
        silent(server.call("orders", "GET", "/open/page"));
        assertThat(server.call("orders", "GET", "/open/page", "Origin", OWN).header("Access-Control-Allow-Origin"))
                .isEqualTo(OWN);
        assertThat(server.call("orders", "GET", "/open/gone", "Origin", OWN).header("Access-Control-Allow-Origin"))
                .isEqualTo(OWN);
    }

    @Test
    void pagesMayReadWhyTheyAreRefusedAndOthersNot() {
        for (String path : List.of("/things", "/nothing")) {
            assertThat(server.call("orders", "GET", path, "Origin", OWN).header("Access-Control-Allow-Origin"))
                    .isEqualTo(OWN);
            silent(server.call("orders", "GET", path, "Origin", FOREIGN));
            silent(server.call("orders", "GET", path));
        }
    }

    @Test
    void clientsWithSecretsHaveNoPagesAtTheTokenEndpointAndNeitherHasTheAdminApi() {
        String client = RunningServer.basic(customer.clientId(), customer.secret());
        Got got = server.token("orders", "grant_type=client_credentials", "Authorization", client, "Origin", OWN);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("Access-Control-Allow-Origin")).isEmpty();
        Got asked = preflight("/oauth2/token", KEYED, "Access-Control-Request-Headers", "authorization,content-type");
        assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("content-type");
        assertThat(preflight("/oauth2/introspect", KEYED).status()).isEqualTo(403);
        Got admin = server.adminWith(
                "OPTIONS", "/v1/whoami", new byte[0], "Origin", KEYED, "Access-Control-Request-Method", "GET");
        assertThat(admin.status()).isEqualTo(403);
        assertThat(admin.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }

    @Test
    void anOptionsRequestThatIsNoPreflightIsAnOrdinaryCall() {
        assertThat(server.call("orders", "OPTIONS", "/open/page").status()).isEqualTo(200);
        assertThat(server.call("orders", "OPTIONS", "/things", "Origin", OWN).status())
                .isEqualTo(405);
    }

    /// What is the same for everybody any page may read: it finds its way by them.
    @Test
    void anyPageReadsThePublicDocuments() {
        for (String path : List.of("/.well-known/oauth-authorization-server", "/oauth2/jwks")) {
            Got got = server.call("orders", "GET", path, "Origin", FOREIGN);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.header("Access-Control-Allow-Origin")).as(path).isEqualTo("*");
        }
    }

    @Test
    void aPageEndsItsOwnTokensAndReadsNothingThatASecretOpens() {
        String web = Customer.created(server, "/v1/organizations/" + Setup.root(server) + "/applications", """
                {"name": "web", "token_endpoint_auth_method": "none",
                 "grant_types": ["authorization_code", "refresh_token"], "redirect_uris": ["https://web.example/cb"]}
                """)
                .get("client_id")
                .asString();
        Got ended = server.form("orders", "/oauth2/revoke", "token=t&client_id=" + web, "Origin", OWN);
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.header("Access-Control-Allow-Origin")).isEqualTo(OWN);
        silent(server.form("orders", "/oauth2/revoke", "token=t&client_id=" + web, "Origin", FOREIGN));
        silent(server.form(
                "orders",
                "/oauth2/revoke",
                "token=t",
                "Origin",
                OWN,
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret())));
        assertThat(preflight("/oauth2/revoke", OWN, "Access-Control-Request-Headers", "content-type")
                        .header("Access-Control-Allow-Headers"))
                .isEqualTo("content-type");
    }
}
