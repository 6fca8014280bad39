package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.FakePlatform;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients whose name is the URL of their metadata (OAuth Client ID Metadata Document).
class ClientDocumentTest {
    private static final String VERIFIER = "a".repeat(43);
    private static final String POLICY = "{\"role\":\"buyers\",\"metadata_documents\":true}";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final TestAuthority authority = new TestAuthority("clients");
    private final AtomicInteger asked = new AtomicInteger();
    private HttpsServer host;
    private RunningServer server;
    private Registrations registrations;
    private volatile int status = 200;
    private volatile String there = "";
    private volatile String redirect = CodeFlow.REDIRECT;

    @BeforeEach
    void start() throws IOException {
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))));
        host.createContext("/", this::answer);
        host.start();
        Path trusted = Files.writeString(folder.resolve("clients.pem"), authority.pem());
        server = RunningServer.with(
                folder,
                clock,
                "egress:\n  allow-client-documents: [\"https://fake.test:%d %s\"]\n"
                        .formatted(host.getAddress().getPort(), trusted));
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        registrations = new Registrations(server, "orders").letting(POLICY);
    }

    @AfterEach
    void stop() {
        server.close();
        host.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            byte[] body = (there.isEmpty() ? document(url(), "") : there).getBytes(StandardCharsets.UTF_8);
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "https://evil.test/");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String url() {
        return "https://fake.test:" + host.getAddress().getPort() + "/client.json";
    }

    private String document(String clientId, String more) {
        return "{\"client_id\":\"" + clientId + "\",\"client_name\":\"Assistant\",\"redirect_uris\":[\"" + redirect
                + "\"]" + more + "}";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String path(String clientId) {
        return "/oauth2/authorize?response_type=code&scope=openid+things%3Aread&client_id=" + encoded(clientId)
                + "&redirect_uri=" + encoded(CodeFlow.REDIRECT) + "&code_challenge_method=S256&code_challenge="
                + challenge();
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Got begin(String clientId) {
        return server.call("orders", "GET", path(clientId));
    }

    private void unknown(String clientId) {
        Got got = begin(clientId);
        assertThat(got.status()).as(clientId).isEqualTo(400);
        assertThat(got.text()).contains("id=\"error\"");
        assertThat(got.header("Location")).isEmpty();
    }

    private Optional<String> application() {
        return server.admin("GET", "/v1/organizations/" + Setup.root(server) + "/applications?limit=100", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("client_id").asString().equals(url()))
                .map(one -> one.get("id").asString())
                .findFirst();
    }

    private Got redeemed(String code) {
        return server.token(
                "orders",
                "grant_type=authorization_code&code=" + code + "&redirect_uri=" + encoded(CodeFlow.REDIRECT)
                        + "&client_id=" + encoded(url()) + "&code_verifier=" + VERIFIER);
    }

    @Test
    void aUrlIsAClientThatSignsAPersonIn() {
        assertThat(server.call("orders", "GET", "/.well-known/oauth-authorization-server")
                        .json()
                        .get("client_id_metadata_document_supported")
                        .asBoolean())
                .isTrue();
        Person alice = Person.create(server, "alice", Optional.of(Setup.role(server, "readers", "orders")));
        CodeFlow flow = new CodeFlow(server, url(), "", alice);
        Got first = redeemed(flow.allowed(path(url())).getOrDefault("code", ""));
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.json().get("scope").asString()).isEqualTo("openid things:read");
        assertThat(asked.get()).as("kept for a while").isEqualTo(1);
        assertThat(server.call(
                                "orders",
                                "GET",
                                "/things",
                                "Authorization",
                                "Bearer " + first.json().get("access_token").asString())
                        .status())
                .isEqualTo(200);
        assertThat(server.admin("GET", "/v1/applications/" + application().orElseThrow(), "")
                        .json()
                        .get("name")
                        .asString())
                .as("people are shown whose site it is")
                .isEqualTo("Assistant (fake.test)");
    }

    /// It is one application like others: what stops that stops it.
    @Test
    void itIsHeldAndRevokedLikeOthers() {
        assertThat(begin(url()).status()).isLessThan(400);
        String application = application().orElseThrow();
        server.admin("POST", "/v1/applications/" + application + "/suspend", "");
        unknown(url());
        server.admin("POST", "/v1/applications/" + application + "/resume", "");
        assertThat(begin(url()).status()).isLessThan(400);
        server.admin("POST", "/v1/applications/" + application + "/revoke", "");
        clock.advance(Duration.ofMinutes(11));
        int before = asked.get();
        unknown(url());
        assertThat(asked.get()).as("nobody looks again").isEqualTo(before);
        assertThat(server.admin("GET", "/v1/applications/" + application, "")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("revoked");
    }

    @Test
    void whatTheDocumentSaysNowHoldsAfterAWhile() {
        assertThat(begin(url()).status()).isLessThan(400);
        redirect = "https://other.example.com/cb";
        assertThat(begin(url()).status()).isLessThan(400);
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        redirect = CodeFlow.REDIRECT;
        clock.advance(Duration.ofMinutes(11));
        assertThat(begin(url()).status()).isLessThan(400);
        status = 500;
        clock.advance(Duration.ofMinutes(11));
        assertThat(begin(url()).status()).as("what was read last").isLessThan(400);
    }

    /// OpenID Connect Core section 8.1: the list is looked at with what is new, and no other site is asked for one.
    @Test
    void theListOfASectorIsWhereTheDocumentIs() {
        AtomicInteger listed = new AtomicInteger();
        AtomicInteger lists = new AtomicInteger(404);
        host.createContext("/sector.json", exchange -> {
            try (exchange) {
                listed.incrementAndGet();
                byte[] body = ("[\"" + CodeFlow.REDIRECT + "\"]").getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(lists.get(), body.length);
                exchange.getResponseBody().write(body);
            }
        });
        String sector = "https://%s:" + host.getAddress().getPort() + "/sector.json";
        there = document(
                url(),
                ",\"subject_type\":\"pairwise\",\"sector_identifier_uri\":\"" + sector.formatted("fake.test") + "\"");
        unknown(url());
        assertThat(listed.get()).isEqualTo(1);
        lists.set(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(begin(url()).status()).isLessThan(400);
        assertThat(listed.get()).isEqualTo(2);
        lists.set(500);
        clock.advance(Duration.ofMinutes(11));
        assertThat(begin(url()).status()).as("nothing of it is new").isLessThan(400);
        there = there.replace(CodeFlow.REDIRECT, "https://evil.test/cb");
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        assertThat(listed.get()).isEqualTo(3);
        lists.set(200);
        there = document(
                url(),
                ",\"subject_type\":\"pairwise\",\"sector_identifier_uri\":\"" + sector.formatted("127.0.0.1") + "\"");
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        assertThat(listed.get()).isEqualTo(3);
    }

    /// A document that is gone, or is none any more, begins nothing until it is good again.
    @Test
    void whatWasWithdrawnDoesNotCount() {
        assertThat(begin(url()).status()).isLessThan(400);
        status = 404;
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        int before = asked.get();
        status = 200;
        unknown(url());
        assertThat(asked.get()).as("not again at once").isEqualTo(before);
        clock.advance(Duration.ofSeconds(31));
        assertThat(begin(url()).status()).isLessThan(400);
        there = document("https://fake.test/other.json", "");
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        status = 500;
        clock.advance(Duration.ofSeconds(31));
        unknown(url());
        status = 200;
        there = "";
        clock.advance(Duration.ofSeconds(31));
        assertThat(begin(url()).status()).isLessThan(400);
    }

    @Test
    void whatNobodyCanTellHoldsForADay() {
        assertThat(begin(url()).status()).isLessThan(400);
        status = 500;
        clock.advance(Duration.ofHours(23));
        assertThat(begin(url()).status()).isLessThan(400);
        clock.advance(Duration.ofHours(2));
        unknown(url());
        status = 200;
        clock.advance(Duration.ofSeconds(31));
        assertThat(begin(url()).status()).isLessThan(400);
    }

    /// The policy of another Api is its own.
    @Test
    void aUrlIsAClientOfTheApiThatMetIt() {
        assertThat(begin(url()).status()).isLessThan(400);
        Setup.openIdApi(server, "parcels", "jwt");
        Setup.role(server, "senders", List.of("things:read", "openid"), "parcels");
        new Registrations(server, "parcels").letting(POLICY.replace("buyers", "senders"));
        Got other = server.call("parcels", "GET", path(url()));
        assertThat(other.status()).as(other.text()).isEqualTo(400);
        assertThat(begin(url()).status()).isLessThan(400);
    }

    /// GAUNTLET J06: what the operator opened for platforms is nothing that strangers may name.
    @Test
    void placesThatWereOpenedForOthersAreNotAsked() throws IOException {
        server.close();
        server = RunningServer.with(
                Files.createDirectory(folder.resolve("other")),
                clock,
                "egress:\n  allow: [\"https://fake.test:%d %s\"]\n"
                        .formatted(host.getAddress().getPort(), folder.resolve("clients.pem")));
        Setup.openIdApi(server, "orders", "jwt");
        Setup.role(server, "buyers", List.of("things:read", "openid"), "orders");
        registrations = new Registrations(server, "orders").letting(POLICY);
        unknown(url());
        assertThat(asked.get()).isZero();
    }

    @Test
    void whatIsNoDocumentOfThatClientMakesNone() {
        for (String wrong : List.of(
                document("https://fake.test/other.json", ""),
                document(url(), ",\"client_secret\":\"x\""),
                document(url(), ",\"token_endpoint_auth_method\":\"client_secret_basic\""),
                document(url(), ",\"token_endpoint_auth_method\":\"private_key_jwt\""),
                document(url(), ",\"subject_type\":\"other\""),
                "{\"client_id\":\"" + url() + "\"}",
                "[]",
                "not JSON",
                "{\"x\":\"" + "x".repeat(40_000) + "\"}")) {
            there = wrong;
            unknown(url());
            clock.advance(Duration.ofSeconds(31));
        }
        there = "";
        for (int other : List.of(302, 404, 500)) {
            status = other;
            unknown(url());
            clock.advance(Duration.ofSeconds(31));
        }
        assertThat(application()).isEmpty();
        int before = asked.get();
        unknown(url());
        unknown(url());
        assertThat(asked.get() - before).as("not again at once").isLessThanOrEqualTo(1);
    }

    /// GAUNTLET J06: nothing is asked for what is no such name, or is not open.
    @Test
    void whatIsNoNameIsNotAskedFor() {
        String base = url().substring(0, url().length() - "/client.json".length());
        for (String name : List.of(
                base,
                base + "/a?b=c",
                base + "/a#b",
                base + "/../a",
                url().replace("https", "http"),
                "https://127.0.0.1:" + host.getAddress().getPort() + "/client.json",
                "https://localhost/client.json",
                url() + "x".repeat(200))) {
            unknown(name);
        }
        assertThat(asked.get()).isZero();
    }

    @Test
    void thePolicyDecides() {
        registrations.letting("{\"role\":\"buyers\",\"open\":true}");
        unknown(url());
        registrations.letting("{\"role\":\"nobody\",\"metadata_documents\":true}");
        unknown(url());
        registrations.letting(
                "{\"role\":\"buyers\",\"metadata_documents\":true,\"redirect_hosts\":[\"elsewhere.example\"]}");
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        registrations.letting(
                "{\"role\":\"buyers\",\"metadata_documents\":true,\"token_endpoint_auth_methods\":[\"private_key_jwt\"]}");
        clock.advance(Duration.ofMinutes(11));
        unknown(url());
        registrations.letting(POLICY);
        clock.advance(Duration.ofMinutes(11));
        assertThat(begin(url()).status()).isLessThan(400);
    }
}
