package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that speaks as Nomba, and a customer of it: a parent account with another one below it, and a key.
abstract class NombaFixture {
    static final String CLIENT = "2242b79d-f2cf-4ccc-ada1-e890bd1a9f0d";
    static final String SECRET = "QmVlbiB0aGVyZSwgZG9uZSB0aGF0LCBnb3QgdGhlIEs9";

    @TempDir
    Path folder;

    final TestClock clock = clock();
    RunningServer server;
    String parent = "";
    String sub = "";
    String stranger = "";
    String application = "";

    @BeforeEach
    void start() throws IOException {
        server = node();
        Customer.created(server, "/v1/apis", api("\"name\": \"nomba\"", server.upstreamBase()));
        String role = Setup.role(server, "nomba", List.of("accounts", "accounts:manage"), "nomba");
        parent = id(Customer.created(server, "/v1/organizations", "{\"name\":\"Acme\"}"));
        sub = id(Customer.created(
                server, "/v1/organizations", "{\"name\":\"Acme East\",\"parent\":\"" + parent + "\"}"));
        stranger = id(Customer.created(server, "/v1/organizations", "{\"name\":\"Other\"}"));
        application = id(Customer.created(
                server,
                "/v1/organizations/" + parent + "/applications",
                "{\"name\":\"Acme\",\"client_id\":\"" + CLIENT + "\",\"role\":\"" + role + "\"}"));
        Customer.created(
                server,
                "/v1/applications/" + application + "/credentials",
                "{\"kind\":\"secret\",\"name\":\"s\",\"scopes\":\"role\",\"secret\":\"" + SECRET + "\"}");
    }

    TestClock clock() {
        return new TestClock();
    }

    /// The node that is spoken to.
    RunningServer node() throws IOException {
        return RunningServer.start(folder, clock);
    }

    String api(String name, String upstream) {
        return """
                {%s, "dialect": "nomba", "issuer": "%s", "listener": "orders", "upstream": "%s",
                 "scopes": {"accounts": {"description": "Accounts"},
                            "accounts:manage": {"description": "Suspend accounts"}},
                 "routes": [{"methods": ["GET"], "path": "/v1/accounts/balance", "any": ["accounts"]}]}
                """.formatted(name, server.base("orders"), upstream);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static String id(JsonNode noun) {
        return noun.get("id").asString();
    }

    Got issue(String account, String secret) {
        return server.send(
                "orders",
                "POST",
                "/v1/auth/token/issue",
                "{\"grant_type\":\"client_credentials\",\"client_id\":\"" + CLIENT + "\",\"client_secret\":\"" + secret
                        + "\"}",
                "accountId",
                account,
                "Content-Type",
                "application/json");
    }

    /// A pair of tokens.
    record Pair(String access, String refresh) {
        static Pair of(Got got) {
            assertThat(got.status()).as(got.text()).isEqualTo(200);
            return new Pair(
                    got.json().at("/data/access_token").asString(),
                    got.json().at("/data/refresh_token").asString());
        }
    }

    Got refresh(Pair pair, String account) {
        return server.send(
                "orders",
                "POST",
                "/v1/auth/token/refresh",
                "{\"grant_type\":\"refresh_token\",\"refresh_token\":\"" + pair.refresh() + "\"}",
                "Authorization",
                "Bearer " + pair.access(),
                "accountId",
                account);
    }

    String token(String account) {
        Got got = issue(account, SECRET);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().at("/data/access_token").asString();
    }

    Got call(String authorization, String account) {
        return server.send(
                "orders", "GET", "/v1/accounts/balance", "", "Authorization", authorization, "accountId", account);
    }

    static void refused(Got got, int status, String code, String description) {
        assertThat(got.status()).as(got.text()).isEqualTo(status);
        assertThat(got.text())
                .isEqualTo("{\"code\":\"" + code + "\",\"description\":\"" + description + "\",\"data\":null}");
    }
}
