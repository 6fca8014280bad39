package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Domain keys over HTTP, from the exchange to the end (GAUNTLET I01-I05, I07).
class DomainKeysTest {
    private static final String ORIGIN = "https://example.com";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private RunningServer server;
    private Customer customer;
    private JsonNode key;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(folder, clock);
        Pages.api(server, "orders", "sealed");
        customer = Customer.create(server, "Acme", Setup.role(server, "readers", "orders"));
        key = Pages.key(server, customer, "orders", ORIGIN, "https://*.example.org");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Got exchange(String... headers) {
        return server.token("orders", Pages.exchange(key.get("secret").asString()), headers);
    }

    private String token() {
        Got got = exchange("Origin", ORIGIN);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    private Got call(String token, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.call("orders", "GET", "/things", all);
    }

    private Got renew(String token, String origin) {
        return server.token(
                "orders",
                "grant_type=urn%3Agatehouse%3Agrant-type%3Arenewal&token="
                        + URLEncoder.encode(token, StandardCharsets.UTF_8),
                "Origin",
                origin);
    }

    private static void refused(Got got) {
        assertThat(got.status()).as(got.text()).isEqualTo(403);
        assertThat(got.text()).contains("origin_not_allowed");
        assertThat(got.header(ALLOWED)).isEmpty();
    }

    @Test
    void anAllowedPageGetsATokenAndUsesIt() {
        Got got = exchange("Origin", ORIGIN);
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        assertThat(got.header(ALLOWED)).isEqualTo(ORIGIN);
        assertThat(got.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(got.headers().get("vary")).contains("Origin");
        assertThat(got.json().get("scope").asString()).isEqualTo("things:read");
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(900);
        Got answer = call(got.json().get("access_token").asString(), "Origin", ORIGIN);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header(ALLOWED)).isEqualTo(ORIGIN);
    }

    @Test
    void aTokenLivesTwentyMinutesAtMostWhateverItsApiSays() {
        Pages.api(server, "parcels", "jwt", "\"life_seconds\": 86400");
        String role = Setup.role(server, "carriers", "parcels");
        Customer other = Customer.of(server, customer.organization(), "carrier", role);
        JsonNode parcels = Pages.key(server, other, "parcels", ORIGIN);
        Got got = server.token("parcels", Pages.exchange(parcels.get("secret").asString()), "Origin", ORIGIN);
        assertThat(got.json().get("expires_in").asInt()).isEqualTo(1200);
        String token = got.json().get("access_token").asString();
        assertThat(server.call("parcels", "GET", "/things", "Authorization", "Bearer " + token, "Origin", ORIGIN)
                        .status())
                .isEqualTo(200);
        assertThat(server.call("parcels", "GET", "/things", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(403);
    }

    /// GAUNTLET I01, I02, I05.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil-example.com",
                "https://example.com.evil.test",
                "https://example.comevil.test",
                "https://barexample.com",
                "https://sub.example.com",
                "http://example.com",
                "https://example.com:8443",
                "https://example.com.",
                "https://example.com%60.evil.test",
                "https://user@example.com",
                "https://example.com/",
                "https://example.com/path",
                "https://a.b.example.org",
                "https://example.org",
                "https://exampl\u0435.com",
                "https://example.com, https://example.com",
                "null",
                ""
            })
    void everyOtherOriginIsRefused(String origin) {
        String token = token();
        if (origin.chars().allMatch(c -> c < 0x80)) {
            refused(exchange("Origin", origin));
            refused(call(token, "Origin", origin));
        } else {
            assertThat(server.raw(
                                    "orders",
                                    "GET /things",
                                    "Authorization: Bearer " + token,
                                    "Origin: "
                                            + new String(
                                                    origin.getBytes(StandardCharsets.UTF_8),
                                                    StandardCharsets.ISO_8859_1),
                                    "Connection: close")
                            .status())
                    .isIn(400, 403);
        }
    }

    /// GAUNTLET I02, I03.
    @Test
    void noOriginAndTwoAreRefusedWhateverTheRefererSays() {
        String token = token();
        refused(exchange());
        refused(call(token));
        refused(exchange("Referer", ORIGIN + "/page"));
        refused(call(token, "Referer", ORIGIN + "/page"));
        refused(exchange("Referer", "https://evil.test/?https://example.com/"));
        refused(exchange("Origin", ORIGIN, "Origin", ORIGIN));
        refused(call(token, "Origin", ORIGIN, "Origin", ORIGIN));
    }

    @Test
    void aTokenIsForTheOneOriginThatItWasIssuedTo() {
        Got got = exchange("Origin", "https://a.example.org");
        assertThat(got.status()).isEqualTo(200);
        String token = got.json().get("access_token").asString();
        assertThat(call(token, "Origin", "https://a.example.org").status()).isEqualTo(200);
        Got other = call(token, "Origin", "https://b.example.org");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.header(ALLOWED)).as("that page may read why").isEqualTo("https://b.example.org");
    }

    /// GAUNTLET I07.
    @Test
    void aKeyGetsNothingButATokenWithBrowserSafeScopes() {
        String text = key.get("secret").asString();
        assertThat(server.token("orders", Pages.exchange(text) + "&scope=things%3Awrite", "Origin", ORIGIN)
                        .json()
                        .get("error")
                        .asString())
                .isEqualTo("invalid_scope");
        assertThat(call(text, "Origin", ORIGIN).status()).isEqualTo(401);
        assertThat(server.call("orders", "GET", "/things", "X-Api-Key", text, "Origin", ORIGIN)
                        .status())
                .isEqualTo(401);
        String client = RunningServer.basic(customer.clientId(), text);
        assertThat(server.token("orders", "grant_type=client_credentials", "Authorization", client)
                        .status())
                .isEqualTo(401);
        assertThat(server.token(
                                "orders",
                                Pages.exchange(text),
                                "Origin",
                                ORIGIN,
                                "Authorization",
                                RunningServer.basic(customer.clientId(), customer.secret()))
                        .status())
                .isEqualTo(400);
        assertThat(server.adminWith("GET", "/v1/whoami", new byte[0], "Authorization", "Bearer " + token())
                        .status())
                .isEqualTo(401);
        assertThat(server.token("orders", Pages.exchange(customer.secret()), "Origin", ORIGIN)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aTokenIsRenewedByItsPageForEightHoursInAll() {
        String token = token();
        Duration passed = Duration.ZERO;
        Duration step = Duration.ofMinutes(14);
        while (passed.plus(step).compareTo(Duration.ofHours(8)) < 0) {
            refused(renew(token, "https://evil.example"));
            clock.advance(step);
            passed = passed.plus(step);
            Got renewed = renew(token, ORIGIN);
            assertThat(renewed.status()).as("%s %s", passed, renewed.text()).isEqualTo(200);
            long left = Duration.ofHours(8).minus(passed).toSeconds();
            assertThat(renewed.json().get("expires_in").asLong()).isEqualTo(Math.min(900, left));
            token = renewed.json().get("access_token").asString();
        }
        clock.advance(Duration.ofHours(8).minus(passed));
        Got over = renew(token, ORIGIN);
        assertThat(over.status()).isEqualTo(400);
        assertThat(over.json().get("error").asString()).isEqualTo("invalid_grant");
        assertThat(over.header(ALLOWED)).isEqualTo(ORIGIN);
        assertThat(call(token, "Origin", ORIGIN).status()).isEqualTo(401);
    }

    @Test
    void tokensOfServersAreNotRenewed() {
        String token = server.mint("orders", customer, "things:read");
        assertThat(renew(token, ORIGIN).json().get("error").asString()).isEqualTo("unauthorized_client");
    }

    @Test
    void endingOneTokenOfALineEndsTheLine() {
        String first = token();
        String second = renew(first, ORIGIN).json().get("access_token").asString();
        String third = renew(second, ORIGIN).json().get("access_token").asString();
        assertThat(call(third, "Origin", ORIGIN).status()).isEqualTo(200);
        Got ended = server.form(
                "orders",
                "/oauth2/revoke",
                "token=" + URLEncoder.encode(second, StandardCharsets.UTF_8),
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
        assertThat(ended.status()).isEqualTo(200);
        for (String token : List.of(first, second, third)) {
            assertThat(call(token, "Origin", ORIGIN).status()).isEqualTo(401);
            assertThat(renew(token, ORIGIN).status()).isEqualTo(400);
        }
        assertThat(call(token(), "Origin", ORIGIN).status()).isEqualTo(200);
    }

    @Test
    void revokingTheKeyOrTakingItsOriginAwayEndsItsTokens() {
        String token = token();
        String path = "/v1/credentials/" + key.get("id").asString();
        assertThat(server.admin("PATCH", path, "{\"origins\":[\"https://*.example.org\"]}")
                        .status())
                .isEqualTo(200);
        refused(call(token, "Origin", ORIGIN));
        refused(exchange("Origin", ORIGIN));
        String other = exchange("Origin", "https://a.example.org")
                .json()
                .get("access_token")
                .asString();
        assertThat(call(other, "Origin", "https://a.example.org").status()).isEqualTo(200);
        assertThat(server.admin("POST", path + "/revoke", "").status()).isEqualTo(200);
        assertThat(call(other, "Origin", "https://a.example.org").status()).isEqualTo(401);
        assertThat(exchange("Origin", "https://a.example.org").status()).isEqualTo(401);
    }

    /// GAUNTLET I04, I05.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*",
                "*.com",
                "https://*.com",
                "https://*.co.uk",
                "https://*.github.io",
                "https://example.com|.*",
                "https://example.com/",
                "http://example.com",
                "https://straße.example"
            })
    void whatIsNoPatternOrForStrangersIsNotRegistered(String origin) {
        Got got = server.admin(
                "POST",
                "/v1/applications/" + customer.application() + "/credentials",
                Pages.keyBody("orders", "things:read", origin));
        assertThat(got.status()).as(got.text()).isEqualTo(400);
        assertThat(got.json().get("code").asString()).isEqualTo("invalid_field");
    }

    @Test
    void aDomainKeyNamesOriginsAndBrowserSafeScopesAndOtherKeysNoOrigins() {
        String path = "/v1/applications/" + customer.application() + "/credentials";
        assertThat(server.admin("POST", path, "{\"kind\":\"domain_key\",\"name\":\"k\"}")
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("missing_field");
        assertThat(server.admin("POST", path, Pages.keyBody("orders", "things:write", ORIGIN))
                        .text())
                .contains("things:write");
        assertThat(server.admin(
                                "POST",
                                path,
                                "{\"kind\":\"domain_key\",\"name\":\"k\",\"scopes\":\"role\",\"origins\":[\"" + ORIGIN
                                        + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin("POST", path, "{\"kind\":\"api_key\",\"name\":\"k\",\"origins\":[\"" + ORIGIN + "\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(server.admin("PATCH", "/v1/credentials/" + customer.apiKeyId(), "{\"origins\":[\"" + ORIGIN + "\"]}")
                        .status())
                .isEqualTo(400);
        JsonNode shown = Pages.key(server, customer, "orders", "https://bücher.example");
        assertThat(shown.get("origins").get(0).asString()).isEqualTo("https://xn--bcher-kva.example");
        assertThat(shown.get("secret").asString()).startsWith("ghd_live_");
        assertThat(server.admin(
                                "PATCH",
                                "/v1/credentials/" + shown.get("id").asString(),
                                "{\"scopes\":{\"orders\":[\"things:write\"]}}")
                        .status())
                .isEqualTo(400);
    }

    /// A service that checks tokens by itself compares it with the `Origin` of the call.
    @Test
    void introspectionTellsTheOrigin() {
        Got got = server.form(
                "orders",
                "/oauth2/introspect",
                "token=" + URLEncoder.encode(token(), StandardCharsets.UTF_8),
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()));
        assertThat(got.json().get("active").asBoolean()).as(got.text()).isTrue();
        assertThat(got.json().get("origin").asString()).isEqualTo(ORIGIN);
    }

    @Test
    void aSecretThatComesOutOfAPageLeavesAnEvent() {
        try (LogTap log = new LogTap()) {
            Got got = server.token(
                    "orders",
                    "grant_type=client_credentials",
                    "Authorization",
                    RunningServer.basic(customer.clientId(), customer.secret()),
                    "Origin",
                    ORIGIN);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.header(ALLOWED)).as("for no page (GAUNTLET I06)").isEmpty();
            server.close();
            assertThat(log.text().lines().filter(line -> line.contains("gatehouse.noticed")))
                    .singleElement()
                    .asString()
                    .contains("secret_from_page", customer.secretId());
        }
    }
}
