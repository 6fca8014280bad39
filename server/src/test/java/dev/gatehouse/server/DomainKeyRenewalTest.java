package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How long tokens for domain keys last, and what ends them (GAUNTLET I05, I07).
class DomainKeyRenewalTest extends DomainKeysFixture {
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
}
