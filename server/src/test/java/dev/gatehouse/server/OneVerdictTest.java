package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.testkit.EveryRefusal;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The gateway and `/verify` give the same verdict: every state of a credential x every kind of route, in every
/// dialect, compared with each other (GAUNTLET G04, K09).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneVerdictTest {
    private static final List<String> REQUESTS = List.of(
            "GET /things",
            "HEAD /things",
            "POST /things",
            "GET /things/1?a=b",
            "DELETE /things/1",
            "GET /me",
            "OPTIONS /open/page",
            "PUT /things",
            "GET /nothing",
            "GET /things/",
            "GET //things",
            "GET /open/%2e%2e/things",
            "GET /things?access_token=x",
            "TRACE /open/page");

    /// What no call can meet: refusals of the token endpoint, of limits that there are none of yet, of nonces,
    /// which no Api wants here, of a node that is cut off, which ForProxiesTest has, of signed routes, which
    /// SignedRequestsTest has, and of people, which RequiredFactorTest has.
    private static final Set<String> NOT_OF_CALLS = Set.of(
            "bad_scope",
            "bad_details",
            "too_many",
            "no_nonce",
            "another_certificate",
            "nothing_to_bind_to",
            "unavailable",
            "user_not_found",
            "not_signed",
            "wrong_signature",
            "replayed_signature",
            "signed_at_another_time",
            "signature_not_seen",
            "no_second_factor");

    @TempDir
    static Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private RunningServer server;
    private String role = "";
    private int number;
    private final Map<String, List<String>> states = new LinkedHashMap<>();

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                clock,
                "name: nginx, serves: verify, proxy: nginx, trusted-proxies: 127.0.0.1",
                "name: traefik, serves: verify, proxy: traefik, trusted-proxies: 127.0.0.1",
                "name: envoy, serves: verify, proxy: envoy, trusted-proxies: 127.0.0.1");
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        role = Setup.role(server, "buyer", "orders", "parcels");
        states.put("an expired token", bearer(server.mint("orders", customer(), "things:read")));
        clock.advance(Duration.ofMinutes(16));
        present();
        absent();
        members();
        clock.advance(Duration.ofMinutes(2));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Customer customer() {
        return Customer.create(server, "customer" + number++, role);
    }

    private String bound(Customer customer) {
        return server.token(
                        "orders",
                        "grant_type=client_credentials&scope=things%3Aread",
                        "Authorization",
                        RunningServer.basic(customer.clientId(), customer.secret()),
                        "DPoP",
                        ProofKey.draw().proof("POST", server.base("orders") + "/oauth2/token", clock.instant()))
                .json()
                .get("access_token")
                .asString();
    }

    private static List<String> bearer(String text) {
        return List.of("Authorization: Bearer " + text);
    }

    private void present() {
        Customer one = customer();
        states.put("a key", bearer(one.apiKey()));
        states.put("a key in its header", List.of("X-Api-Key: " + one.apiKey()));
        states.put("a token", bearer(server.mint("orders", one, "things:read")));
        String bound = bound(one);
        states.put("a bound token as bearer", bearer(bound));
        states.put("a bound token without a proof", List.of("Authorization: DPoP " + bound));
        String page = page(one);
        states.put("a token of a page", List.of("Authorization: Bearer " + page, "Origin: https://a.example"));
        states.put("a token of another page", List.of("Authorization: Bearer " + page, "Origin: https://b.example"));
        states.put("a token of a page without one", bearer(page));
        states.put("a key of fewer scopes", bearer(key(one, "\"scopes\":{\"orders\":[\"things:read\"]}")));
        states.put(
                "a key of other addresses", bearer(key(one, "\"scopes\":\"role\",\"addresses\":[\"192.0.2.0/24\"]")));
        states.put("a key of another Api", bearer(key(one, "\"scopes\":\"role\",\"apis\":[\"parcels\"]")));
        states.put("a key of later", bearer(key(one, "\"scopes\":\"role\",\"not_before\":\"2026-06-01T00:00:00Z\"")));
    }

    private String page(Customer of) {
        String key = Pages.key(server, of, "orders", "https://a.example", "https://b.example")
                .get("secret")
                .asString();
        return server.token("orders", Pages.exchange(key), "Origin", "https://a.example")
                .json()
                .get("access_token")
                .asString();
    }

    private String key(Customer of, String members) {
        return Customer.created(
                        server,
                        "/v1/applications/" + of.application() + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"k\"," + members + "}")
                .get("secret")
                .asString();
    }

    private void absent() {
        Customer one = customer();
        states.put("nothing", List.of());
        states.put("a key of nobody", bearer("ghk_live_nobody"));
        states.put("garbage", bearer("\u00ffx"));
        states.put("another scheme", List.of("Authorization: " + RunningServer.basic(one.clientId(), one.secret())));
        states.put("a client secret", bearer(one.secret()));
        states.put("a client secret in the header of keys", List.of("X-Api-Key: " + one.secret()));
        states.put("an empty header", List.of("X-Api-Key: "));
        states.put("two credentials", List.of("Authorization: Bearer " + one.apiKey(), "X-Api-Key: " + one.apiKey()));
        states.put("two of a kind", List.of("X-Api-Key: " + one.apiKey(), "X-Api-Key: " + one.apiKey()));
        states.put("a token of another Api", bearer(server.mint("parcels", one, "things:read")));
    }

    /// Each member held, revoked, not yet valid and expired, seen with a key; and cut, seen with a token.
    private void members() {
        for (String noun : List.of("organizations", "applications", "credentials")) {
            for (String verb : List.of("hold", "revoke", "cut")) {
                Customer one = customer();
                String token = server.mint("orders", one, "things:read");
                String member = noun.equals("credentials") && verb.equals("cut")
                        ? "/v1/credentials/" + one.secretId()
                        : path(noun, one);
                admin("POST", member + "/" + verb, "{}");
                states.put(verb + " of " + noun, bearer(verb.equals("cut") ? token : one.apiKey()));
            }
            for (String window :
                    List.of("\"not_before\":\"2026-06-01T00:00:00Z\"", "\"expires_at\":\"2026-01-01T00:17:00Z\"")) {
                Customer one = customer();
                admin("PATCH", path(noun, one), "{" + window + "}");
                states.put(window + " of " + noun, bearer(one.apiKey()));
            }
        }
        states.put("a revoked token", bearer(revokedToken()));
    }

    private static String path(String noun, Customer one) {
        return "/v1/" + noun + "/"
                + switch (noun) {
                    case "organizations" -> one.organization();
                    case "applications" -> one.application();
                    default -> one.apiKeyId();
                };
    }

    private void admin(String method, String path, String body) {
        var got = server.admin(method, path, body);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    private String revokedToken() {
        Customer one = customer();
        String token = server.mint("orders", one, "things:read");
        var ended = server.form(
                "orders",
                "/oauth2/revoke",
                "token=" + token,
                "Authorization",
                RunningServer.basic(one.clientId(), one.secret()));
        assertThat(ended.status()).isEqualTo(200);
        return token;
    }

    private Stream<Arguments> matrix() {
        List<Arguments> rows = new ArrayList<>();
        states.keySet().forEach(state -> REQUESTS.forEach(request -> rows.add(Arguments.of(state, request))));
        return rows.stream();
    }

    @ParameterizedTest(name = "{1} with {0}")
    @MethodSource("matrix")
    void theGatewayAndVerifyAgree(String state, String request) {
        List<String> headers = states.get(state);
        Answer gateway = ask("orders", request + " HTTP/1.1", "Host: orders.example", headers);
        String[] line = request.split(" ", 2);
        List<String> xForwarded = List.of(
                "X-Forwarded-Method: " + line[0], "X-Forwarded-Uri: " + line[1], "X-Forwarded-Host: orders.example");
        List<String> xOriginal = List.of(
                "X-Original-Method: " + line[0], "X-Original-URI: " + line[1], "X-Forwarded-Host: orders.example");
        agree(gateway, ask("traefik", "GET /verify HTTP/1.1", "Host: g", told(headers, xForwarded)));
        agree(gateway, ask("nginx", "GET /verify HTTP/1.1", "Host: g", told(headers, xOriginal)));
        agree(
                gateway,
                ask(
                        "envoy",
                        line[0] + " /verify" + line[1] + " HTTP/1.1",
                        "Host: orders.example",
                        told(headers, List.of())));
    }

    private static List<String> told(List<String> headers, List<String> original) {
        return Stream.of(headers, original, List.of("X-Forwarded-Proto: http", "X-Forwarded-For: 127.0.0.1"))
                .flatMap(List::stream)
                .toList();
    }

    private Answer ask(String listener, String line, String host, List<String> headers) {
        String head = Stream.concat(Stream.of(line, host), headers.stream()).collect(Collectors.joining("\r\n"));
        return server.rawText(listener, head + "\r\n\r\n", line.startsWith("HEAD "));
    }

    private static void agree(Answer gateway, Answer verify) {
        int expected = Set.of(200, 401, 503).contains(gateway.status()) ? gateway.status() : 403;
        assertThat(verify.status()).as("%s / %s", gateway, verify).isEqualTo(expected);
        assertThat(verify.header("WWW-Authenticate")).isEqualTo(gateway.header("WWW-Authenticate"));
        if (gateway.body().isEmpty()) {
            return; // to HEAD
        }
        JsonNode said = RunningServer.JSON.readTree(gateway.body());
        if (gateway.status() != 200) {
            JsonNode problem = RunningServer.JSON.readTree(verify.body().isEmpty() ? gateway.body() : verify.body());
            assertThat(problem.get("code").asString())
                    .isEqualTo(said.get("code").asString());
            return;
        }
        for (JsonNode header : said.get("headers")) {
            String name = header.get(0).asString();
            if (name.startsWith("X-Gatehouse-")) {
                assertThat(verify.header(name)).as(name).isEqualTo(header.get(1).asString());
            }
        }
        boolean identified = said.get("headers").toString().contains("X-Gatehouse-Client-Id");
        assertThat(verify.header("X-Gatehouse-Verdict")).isEqualTo(identified ? "identified" : "open");
        assertThat(verify.header("X-Gatehouse-Client-Id").isEmpty()).isEqualTo(!identified);
    }

    @Test
    void theMatrixMeetsEveryRefusalThatACallCanMeet() {
        matrix().forEach(row -> theGatewayAndVerifyAgree((String) row.get()[0], (String) row.get()[1]));
        Set<String> met = server.ops("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("gatehouse_decisions_total{api=\"orders\""))
                .map(line -> line.replaceFirst(".*outcome=\"([a-z_]+)\".*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(met)
                .containsAll(EveryRefusal.all().stream()
                        .filter(OneVerdictTest::ofAMemberInTheMatrix)
                        .map(Refusal::reason)
                        .filter(reason -> !NOT_OF_CALLS.contains(reason) && !reason.startsWith("subject_"))
                        .toList());
    }

    private static boolean ofAMemberInTheMatrix(Refusal refusal) {
        Set<Kind> here = Set.of(Kind.ORGANIZATION, Kind.APPLICATION, Kind.CREDENTIAL, Kind.TOKEN);
        return refusal.about().map(Id::kind).map(here::contains).orElse(true);
    }
}
