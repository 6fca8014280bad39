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
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A relying party as the OpenID Foundation's conformance suite is one: what its modules send, the person in its
/// browser, and the host that it serves keys, requests and lists from.
final class ConformanceSuite implements AutoCloseable {
    static final String REDIRECT = "https://suite.example.com/test/a/gatehouse/callback";
    static final String STATE = "af0ifjsldkj-+/=~";
    static final String NONCE = "n-0S6_WzA2Mj";
    static final String ALL = "openid profile email address phone offline_access";

    private static final String PROFILE = """
            {"name": "Alice Example", "given_name": "Alice", "family_name": "Example", "middle_name": "A",
             "nickname": "al", "profile": "https://example.com/alice", "picture": "https://example.com/alice.png",
             "website": "https://alice.example.com", "gender": "female", "birthdate": "1990-02-03",
             "zoneinfo": "Europe/Berlin", "locale": "en-US", "email": "alice@example.com", "email_verified": true,
             "phone_number": "+1 555 0100", "phone_number_verified": true, "address.formatted": "1 High St\\nTown",
             "address.street_address": "1 High St", "address.locality": "Town", "address.region": "TX",
             "address.postal_code": "12345", "address.country": "US"}""";

    private static final String POLICY = """
            {"role": "suite", "open": true, "pkce": "optional", "max_clients": 1000,
             "rate": {"requests": 1000, "seconds": 60}, "grant_types": ["authorization_code", "refresh_token"]}""";

    final TestClock clock = new TestClock();
    final RunningServer server;
    final Person alice;
    final Map<String, String> kept = new ConcurrentHashMap<>();
    private final HttpsServer host;
    /// The address that the browser was sent to last.
    String sentTo = "";

    /// A client of the suite.
    record Client(String id, String secret, String method) {}

    ConformanceSuite(Path folder) throws IOException {
        TestAuthority authority = new TestAuthority("suite");
        host = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        host.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(authority.issue(FakePlatform.HOST))));
        host.createContext("/", this::answer);
        host.start();
        Path trusted = Files.writeString(folder.resolve("suite.pem"), authority.pem());
        server = RunningServer.with(
                folder, clock, "egress:\n  allow: [\"https://" + authority() + " " + trusted + "\"]\n");
        Setup.openIdApi(server, "orders", "jwt");
        write(api -> {
            var scopes = (ObjectNode) api.get("scopes");
            for (String more : List.of("email", "address", "phone")) {
                scopes.set(more, RunningServer.JSON.readTree("{\"description\":\"See your " + more + "\"}"));
            }
        });
        Setup.role(server, "suite", List.of((ALL + " things:read").split(" ")), "orders");
        alice = Person.create(server, "alice", Optional.of(Setup.role(server, "people", "orders")));
        Got profile = server.admin("PATCH", "/v1/users/" + alice.id(), PROFILE);
        assertThat(profile.status()).as(profile.text()).isEqualTo(200);
        new Registrations(server, "orders").letting(POLICY);
    }

    private void write(Consumer<ObjectNode> change) {
        var api = (ObjectNode) server.admin("GET", "/v1/apis/orders", "").json();
        api.remove(List.of("id", "name"));
        change.accept(api);
        Got got = server.admin("PUT", "/v1/apis/orders", api.toString());
        assertThat(got.status()).as(got.text()).isEqualTo(200);
    }

    /// The Api as the plan Dynamic wants it: tokens may be the answer.
    ConformanceSuite implicit() {
        write(api -> api.put("implicit", true));
        new Registrations(server, "orders")
                .letting(POLICY.replace("[\"authorization_code\"", "[\"implicit\", \"authorization_code\""));
        return this;
    }

    private String authority() {
        return FakePlatform.HOST + ":" + host.getAddress().getPort();
    }

    /// Where the suite keeps something.
    String keeping(String path, String text) {
        kept.put(path, text);
        return "https://" + authority() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String text = kept.get(exchange.getRequestURI().getPath());
            if (text == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", text.startsWith("ey") ? "application/jose" : "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// A client that was made before the suite runs, as a file for `apply` makes it.
    Client known(String method, String... more) {
        String root = Setup.root(server);
        String role = server.admin("GET", "/v1/organizations/" + root + "/roles", "")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("name").asString().equals("suite"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        var made = Customer.created(
                server,
                "/v1/organizations/" + root + "/applications",
                "{\"name\":\"suite " + kept.size() + method + more.length + "\",\"role\":\"" + role
                        + "\",\"pkce\":\"optional\","
                        + "\"token_endpoint_auth_method\":\"" + method + "\",\"grant_types\":[\"authorization_code\","
                        + "\"refresh_token\"],\"redirect_uris\":[\"" + REDIRECT + "\"]" + String.join("", more) + "}");
        String secret = Customer.created(
                        server,
                        "/v1/applications/" + made.get("id").asString() + "/credentials",
                        "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\"}")
                .get("secret")
                .asString();
        return new Client(made.get("client_id").asString(), secret, method);
    }

    /// What every registration of the suite says, and this.
    Got register(String... more) {
        return new Registrations(server, "orders").send(registration(more));
    }

    static String registration(String... more) {
        List<String> members = new ArrayList<>(List.of(
                "\"client_name\":\"oidf-conformance\"",
                "\"grant_types\":[\"authorization_code\"]",
                "\"response_types\":[\"code\"]",
                "\"redirect_uris\":[\"" + REDIRECT + "\"]",
                "\"contacts\":[\"certification@oidf.org\"]"));
        for (String member : more) {
            String name = member.substring(0, member.indexOf(':'));
            members.removeIf(one -> one.startsWith(name + ":"));
            members.add(member);
        }
        return "{" + String.join(",", members) + "}";
    }

    static Client of(JsonNode registered) {
        return new Client(
                registered.get("client_id").asString(),
                registered.path("client_secret").asString(""),
                registered.get("token_endpoint_auth_method").asString());
    }

    /// The parameters of a request.
    ///
    /// @param more names and values; an empty value leaves a parameter out
    static Map<String, String> request(Client client, String scope, String... more) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", client.id());
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("scope", scope);
        parameters.put("state", STATE);
        parameters.put("nonce", NONCE);
        parameters.put("response_type", "code");
        for (int i = 0; i < more.length; i += 2) {
            parameters.put(more[i], more[i + 1]);
        }
        parameters.values().removeIf(String::isEmpty);
        return parameters;
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    Reader browser() {
        return new Reader(server, "orders");
    }

    /// What comes back, after the person did what the pages want; `page` when a page stays.
    Map<String, String> authorize(Reader browser, Map<String, String> parameters) {
        browser.open("/oauth2/authorize?" + encoded(parameters));
        return through(browser);
    }

    /// The rest of the way from the page that is open.
    Map<String, String> through(Reader browser) {
        for (int steps = 0; steps < 10; steps++) {
            Got page = browser.page();
            String location = page.header("Location");
            String refresh = page.header("Refresh");
            String onwards = refresh.startsWith("0;url=") ? refresh.substring("0;url=".length()) : location;
            if (onwards.startsWith("https://suite.example.com/")) {
                sentTo = onwards;
                return answer(onwards);
            } else if (!onwards.isEmpty()) {
                browser.open(onwards);
            } else if (page.text().contains("id=\"sign-in\"")) {
                browser.send("/oauth2/sign-in", "username", alice.username(), "password", alice.password());
            } else if (page.text().contains("id=\"allow\"")) {
                browser.send("/oauth2/consent", "decision", "allow");
            } else {
                return Map.of("page", page.text(), "status", Integer.toString(page.status()));
            }
        }
        throw new AssertionError("no end: " + browser.page().text());
    }

    /// The fragment, or the query where there is none.
    static Map<String, String> answer(String address) {
        Map<String, String> members = new LinkedHashMap<>();
        int from = address.indexOf('#') < 0 ? address.indexOf('?') : address.indexOf('#');
        for (String pair : address.substring(from + 1).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            members.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return members;
    }

    /// Tokens for what came back.
    Got redeem(Client client, Map<String, String> answer, String... more) {
        assertThat(answer).containsKey("code").containsEntry("state", STATE);
        return token(
                client,
                "grant_type=authorization_code&code=" + answer.get("code") + "&redirect_uri="
                        + URLEncoder.encode(REDIRECT, StandardCharsets.UTF_8) + String.join("", more));
    }

    Got token(Client client, String form) {
        return switch (client.method()) {
            case "client_secret_basic" ->
                server.token("orders", form, "Authorization", RunningServer.basic(client.id(), client.secret()));
            case "client_secret_post" ->
                server.token("orders", form + "&client_id=" + client.id() + "&client_secret=" + client.secret());
            default -> server.token("orders", form);
        };
    }

    /// The whole flow; the answer of the token endpoint.
    JsonNode flow(Client client, String scope, String... more) {
        Got got = redeem(client, authorize(browser(), request(client, scope, more)));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json();
    }

    Got userInfo(JsonNode tokens) {
        return server.call(
                "orders",
                "GET",
                "/oauth2/userinfo",
                "Authorization",
                "Bearer " + tokens.get("access_token").asString());
    }

    /// What a JWT of the answer says.
    static JsonNode said(JsonNode tokens) {
        return part(tokens.get("id_token").asString(), 1);
    }

    static JsonNode part(String jwt, int part) {
        return RunningServer.JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[part]));
    }

    @Override
    public void close() {
        server.close();
        host.stop(0);
    }
}
