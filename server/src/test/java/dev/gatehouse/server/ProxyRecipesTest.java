package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gatehouse.server.ProxyProcess.Kind;
import dev.gatehouse.server.http.HeaderNames;
import dev.gatehouse.server.http.RawClient;
import dev.gatehouse.server.http.RawClient.Answer;
import dev.gatehouse.server.http.RawUpstream;
import dev.gatehouse.server.http.RawUpstream.Step;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The recipes of docs/guides/forward-auth in real proxies (GAUNTLET K01, K02, K03, K09). A proxy that is not
/// installed is told loudly and its tests are not run; `.ci/proxies` installs all of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyRecipesTest {
    private static final String EVIL = "evil-7c1f";

    private static final List<String> IDENTITY = List.of(
            "X-Gatehouse-Organization",
            "X-Gatehouse-Application",
            "X-Gatehouse-Credential",
            "X-Gatehouse-Client-Id",
            "X-Gatehouse-Customer",
            "X-Gatehouse-Scope",
            "X-Gatehouse-Assertion");

    @TempDir
    static Path folder;

    private final Map<Kind, ProxyProcess> proxies = new EnumMap<>(Kind.class);
    private RunningServer server;
    private Customer customer;

    @BeforeAll
    void start() throws IOException {
        server = RunningServer.start(
                folder,
                new TestClock(),
                Stream.of(Kind.values())
                        .map(kind -> "name: " + kind.program() + ", serves: verify, proxy: " + kind.program()
                                + ", trusted-proxies: 127.0.0.1")
                        .toArray(String[]::new));
        Setup.api(server, "orders", "jwt");
        Setup.api(server, "parcels", "sealed");
        customer = Customer.create(server, "one", Setup.role(server, "buyer", "orders", "parcels"));
        for (Kind kind : Kind.values()) {
            if (kind.installed().isPresent()) {
                proxies.put(kind, proxy(kind, server.base(kind.program())));
            } else {
                System.err.println("NOT RUN: the recipe for " + kind.program() + ", because it is not installed."
                        + " As root on Debian 12, .ci/proxies installs it.");
            }
        }
    }

    /// A proxy in front of the sample upstream that asks at this address.
    private ProxyProcess proxy(Kind kind, String verify) throws IOException {
        return ProxyProcess.start(
                kind,
                Files.createTempDirectory(folder, kind.program()),
                Map.of(
                        "127.0.0.1:9000", server.upstreamBase().substring("http://".length()),
                        "127.0.0.1:8080", server.base("orders").substring("http://".length()),
                        "127.0.0.1:8082", verify.substring("http://".length())));
    }

    @AfterAll
    void stop() {
        proxies.values().forEach(ProxyProcess::close);
        server.close();
    }

    private int port(Kind kind) {
        return Optional.ofNullable(proxies.get(kind))
                .map(ProxyProcess::port)
                .orElseGet(() -> abort(kind.program() + " is not installed: .ci/proxies"));
    }

    private Answer call(Kind kind, String line, String... headers) {
        return call(port(kind), line, headers);
    }

    private static Answer call(int port, String line, String... headers) {
        List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: orders.example"));
        lines.addAll(List.of(headers));
        return send(port, String.join("\r\n", lines) + "\r\n\r\n");
    }

    private static Answer send(int port, String text) {
        try (RawClient client = new RawClient(port)) {
            return client.send(text).answer(text.startsWith("HEAD "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String key() {
        return "Authorization: Bearer " + customer.apiKey();
    }

    private static JsonNode passed(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return RunningServer.JSON.readTree(answer.body());
    }

    private static void stopped(Answer answer, int... statuses) {
        assertThat(answer.status())
                .as(answer.body())
                .isIn(Arrays.stream(statuses).boxed().toList());
        assertThat(answer.body()).doesNotContain("bodyBytes");
    }

    private static List<String> values(JsonNode seen, String folded) {
        List<String> values = new ArrayList<>();
        for (JsonNode header : seen.get("headers")) {
            if (HeaderNames.fold(header.get(0).asString()).equals(folded)) {
                values.add(header.get(1).asString());
            }
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theUpstreamSeesWhoCallsAndNotWithWhat(Kind kind) {
        Answer answer = call(
                kind, "POST /things?a=%2Fb&c", key(), "Content-Length: 5", "Cookie: a=b", "X-Yours: 2\r\n\r\nhello");
        JsonNode seen = passed(answer);
        assertThat(seen.get("method").asString()).isEqualTo("POST");
        assertThat(seen.get("path").asString()).isEqualTo("/things");
        assertThat(seen.get("query").asString()).isEqualTo("a=%2Fb&c");
        assertThat(seen.get("bodyBytes").asInt()).isEqualTo(5);
        assertThat(values(seen, "xgatehouseorganization")).containsExactly(customer.organization());
        assertThat(values(seen, "xgatehouseapplication")).containsExactly(customer.application());
        assertThat(values(seen, "xgatehousecredential")).containsExactly(customer.apiKeyId());
        assertThat(values(seen, "xgatehouseclientid")).containsExactly(customer.clientId());
        assertThat(values(seen, "xgatehousescope")).containsExactly("things:read things:write");
        assertThat(values(seen, "xgatehouseassertion"))
                .singleElement()
                .asString()
                .contains(".");
        assertThat(values(seen, "xrequestid")).singleElement().asString().matches("[0-9a-f]{16}");
        assertThat(values(seen, "xforwardedfor")).containsExactly("127.0.0.1");
        assertThat(values(seen, "xyours")).containsExactly("2");
        assertThat(values(seen, "authorization")).isEmpty();
        JsonNode byHeader = passed(call(kind, "GET /things", "X-Api-Key: " + customer.apiKey()));
        assertThat(byHeader.toString()).doesNotContain(customer.apiKey());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void identityHeadersOfTheCallerNeverArrive(Kind kind) {
        for (String path : List.of("/things", "/open/page")) {
            for (String name : IDENTITY) {
                for (String spelled : List.of(
                        name,
                        name.toLowerCase(Locale.ROOT),
                        name.replace('-', '_'),
                        name.replace('-', '.'),
                        name.replaceFirst("-", "_"))) {
                    String header = spelled + ": " + EVIL;
                    for (String[] way :
                            List.of(new String[] {header, key()}, new String[] {header, header, key()}, new String[] {
                                header, "Connection: " + spelled, key()
                            })) {
                        Answer answer = call(kind, "GET " + path, way);
                        assertThat(answer.body()).as("%s on %s", spelled, path).doesNotContain(EVIL);
                        JsonNode seen = passed(answer);
                        List<String> values = values(seen, HeaderNames.fold(name));
                        if (path.equals("/things") && !name.equals("X-Gatehouse-Customer")) {
                            assertThat(values).as("%s", spelled).hasSize(1).doesNotContain("");
                        } else {
                            assertThat(String.join("", values)).isEmpty();
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsRefusedDoesNotArrive(Kind kind) {
        Answer unknown = call(kind, "GET /things");
        stopped(unknown, 401);
        assertThat(unknown.header("WWW-Authenticate")).isEqualTo("Bearer");
        stopped(call(kind, "GET /things", "Authorization: Bearer x"), 401);
        stopped(call(kind, "GET /things", "Authorization: Bearer " + "x".repeat(6000)), 401);
        stopped(call(kind, "GET /things", "Authorization: Bearer " + "x".repeat(40_000)), 400, 401, 403, 431, 503);
        stopped(call(kind, "DELETE /things/1", key()), 403);
        stopped(call(kind, "GET /nothing", key()), 403);
        stopped(call(kind, "PUT /things", key(), "Content-Length: 0"), 403);
        stopped(call(kind, "GET /things", key(), "X-Api-Key: " + customer.apiKey()), 403);
        stopped(call(kind, "GET /things?access_token=" + customer.apiKey()), 403);
    }

    /// GAUNTLET G04: neither another name of a host nor another form of the request line leads to another policy.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void theHostThatDecidesIsTheOneOfTheUpstream(Kind kind) {
        String parcels = server.mint("parcels", customer, "things:read");
        for (String head : List.of(
                "GET /things HTTP/1.1\r\nHost: parcels.example",
                "GET /things HTTP/1.1\r\nHost: orders.example\r\nX-Forwarded-Host: parcels.example",
                "GET http://orders.example/things HTTP/1.1\r\nHost: parcels.example",
                "GET http://parcels.example/things HTTP/1.1\r\nHost: orders.example")) {
            Answer answer = send(port(kind), head + "\r\nAuthorization: Bearer " + parcels + "\r\n\r\n");
            assertThat(answer.body()).as(head).doesNotContain("bodyBytes");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void headersOfTheCallerDoNotChangeWhatIsDecided(Kind kind) {
        for (String header : List.of(
                "X-Original-URI: /open/page",
                "X-Original-URL: /open/page",
                "X-Original-Method: OPTIONS",
                "X-Forwarded-Uri: /open/page",
                "X-Forwarded-Method: OPTIONS",
                "X-Forwarded-Host: other.example",
                "X-Forwarded-Proto: https",
                "X-Rewrite-URL: /open/page",
                "X-HTTP-Method-Override: OPTIONS",
                "X-Gatehouse-Verdict: open")) {
            stopped(call(kind, "GET /things", header), 401);
            stopped(call(kind, "DELETE /things/1", header, key()), 403);
            passed(call(kind, "GET /things", header, key()));
        }
    }

    /// GAUNTLET K03.
    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPathThatTwoServersCouldReadDifferentlyDoesNotArrive(Kind kind) {
        for (String path : List.of(
                "/open/../things",
                "/open/..;/things",
                "/open/%2e%2e/things",
                "/open/%252e%252e/things",
                "//things",
                "/./things",
                "/open//page",
                "/open%2fpage",
                "/open/page;x=1",
                "/open/%5cthings",
                "/open%23/../things",
                "/open/%c0%af",
                "/oauth2/../things",
                "/_gatehouse",
                "/verify")) {
            stopped(call(kind, "GET " + path, key()), 400, 403, 404);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theClientIsWhoConnectsNotWhoItClaimsToBe(Kind kind) {
        String elsewhere = restricted("192.0.2.0/24");
        for (String name : List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "X_Forwarded_For", "X-Client-IP")) {
            String claim = name + ": " + (name.equals("Forwarded") ? "for=192.0.2.7" : "192.0.2.7");
            stopped(call(kind, "GET /things", "Authorization: Bearer " + elsewhere, claim), 401);
        }
        String here = restricted("127.0.0.0/8");
        passed(call(kind, "GET /things", "Authorization: Bearer " + here, "X-Forwarded-For: 192.0.2.7"));
    }

    private String restricted(String block) {
        return Customer.created(
                        server,
                        "/v1/applications/" + customer.application() + "/credentials",
                        "{\"kind\":\"api_key\",\"name\":\"from\",\"scopes\":\"role\",\"addresses\":[\"" + block
                                + "\"]}")
                .get("secret")
                .asString();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tokensComeFromTheSameHostAndEndAtOnce(Kind kind) {
        Customer other = Customer.create(
                server, "other-" + kind.program(), Setup.role(server, "role-" + kind.program(), "orders"));
        String form = "grant_type=client_credentials";
        Answer issued = call(
                kind,
                "POST /oauth2/token",
                "Authorization: " + RunningServer.basic(other.clientId(), other.secret()),
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + form.length() + "\r\n\r\n" + form);
        String token = passed(issued).get("access_token").asString();
        passed(call(kind, "GET /things", "Authorization: Bearer " + token));
        assertThat(server.admin("POST", "/v1/organizations/" + other.organization() + "/hold", "{}")
                        .status())
                .isEqualTo(200);
        stopped(call(kind, "GET /things", "Authorization: Bearer " + token), 401);
    }

    /// GAUNTLET K09: what answers in the place of Gatehouse.
    private static Stream<Arguments> answersThatAreNone() {
        Map<String, Step> answers = new LinkedHashMap<>();
        answers.put("an empty 200", Step.keep("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        answers.put("204", Step.keep("HTTP/1.1 204 No Content\r\n\r\n"));
        answers.put("302", Step.keep("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"));
        answers.put("304", Step.keep("HTTP/1.1 304 Not Modified\r\n\r\n"));
        answers.put("404", Step.keep("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
        answers.put("500", Step.keep("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"));
        answers.put("half a head", Step.close("HTTP/1.1 200 OK\r\nX-Gatehouse-Verdict: open\r\n"));
        answers.put("not HTTP", Step.close("nonsense\r\n\r\n"));
        answers.put("nothing", Step.close(""));
        answers.put("silence", Step.keep(""));
        return answers.entrySet().stream()
                .flatMap(answer ->
                        Stream.of(Kind.values()).map(kind -> Arguments.of(kind, answer.getKey(), answer.getValue())));
    }

    @ParameterizedTest(name = "{1} to {0}")
    @MethodSource("answersThatAreNone")
    void withoutAVerdictNothingArrives(Kind kind, String what, Step answer) throws IOException {
        port(kind);
        try (RawUpstream liar = new RawUpstream((_, _) -> answer);
                ProxyProcess proxy = proxy(kind, "http://127.0.0.1:" + liar.port())) {
            undecided(call(proxy.port(), "GET /open/page", key()));
            assertThat(liar.requests()).as("it was asked").isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingArrivesOnceTheServerIsGone(Kind kind) throws IOException {
        port(kind);
        RunningServer gone = RunningServer.start(
                Files.createTempDirectory(folder, "gone"),
                new TestClock(),
                "name: verify, serves: verify, proxy: " + kind.program() + ", trusted-proxies: 127.0.0.1");
        Setup.api(gone, "orders", "jwt");
        Customer one = Customer.create(gone, "one", Setup.role(gone, "buyer", "orders"));
        try (ProxyProcess proxy = proxy(kind, gone.base("verify"))) {
            String known = "Authorization: Bearer " + one.apiKey();
            passed(call(proxy.port(), "GET /things", known));
            passed(call(proxy.port(), "GET /open/page"));
            gone.close();
            for (int round = 0; round < 3; round++) {
                undecided(call(proxy.port(), "GET /things", known));
                undecided(call(proxy.port(), "GET /open/page"));
                undecided(call(proxy.port(), "GET /things"));
            }
        }
    }

    private static void undecided(Answer answer) {
        stopped(answer, 401, 403, 404, 500, 502, 503, 504);
    }
}
