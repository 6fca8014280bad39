package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Which pages get tokens for a domain key, and what these are good for (GAUNTLET I01-I03, I05, I07).
class DomainKeysTest extends DomainKeysFixture {
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
