package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.RunningServer.Got;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Limits on calls through the gateway: who is charged for what, and what nobody is charged for.
class LimitsTest extends LimitsFixture {
    @Test
    void aCredentialIsToldWhatIsLeftUntilNothingIs() {
        limit("\"credential\":{\"requests\":3,\"seconds\":3600}");
        for (int left : List.of(2, 1, 0)) {
            Got got = call("/things");
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.header("RateLimit-Policy")).isEqualTo("\"credential\";q=3;w=3600");
            assertThat(got.header("RateLimit")).startsWith("\"credential\";r=" + left + ";t=");
        }
        Got over = call("/things");
        assertThat(over.status()).isEqualTo(429);
        assertThat(over.json().get("code").asString()).isEqualTo("too_many_requests");
        assertThat(Integer.parseInt(over.header("Retry-After"))).isBetween(1000, 1200);
        assertThat(over.header("RateLimit")).startsWith("\"credential\";r=0;t=");
        assertThat(over.header("Cache-Control")).isEqualTo("no-store");
        Customer other = Customer.of(server, customer.organization(), "other", Setup.role(server, "other", "orders"));
        assertThat(call("GET", "/things", other.apiKey()).status()).isEqualTo(200);
    }

    @Test
    void whereNothingIsLimitedNothingIsSaid() {
        Got got = call("/things");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("RateLimit")).isEmpty();
        assertThat(got.header("RateLimit-Policy")).isEmpty();
    }

    @Test
    void tokensCountWithTheCredentialThatTheyWereIssuedTo() {
        limit("\"credential\":" + times(4));
        String first = server.mint("orders", customer, "things:read");
        String second = server.mint("orders", customer, "things:read");
        assertThat(call("GET", "/things", first).status()).isEqualTo(200);
        assertThat(call("GET", "/things", second).status()).isEqualTo(200);
        tooMany(call("GET", "/things", first));
        Got refused = server.token("orders", customer, "grant_type=client_credentials");
        tooMany(refused);
        assertThat(refused.json().get("error").asString()).isEqualTo("temporarily_unavailable");
        assertThat(call("/things").status()).as("another credential").isEqualTo(200);
    }

    /// GAUNTLET H10, and the rule of the whole: who gets nothing is charged nothing.
    @Test
    void nothingRefusedCostsQuota() {
        limit("\"credential\":" + times(3) + ",\"address\":" + times(3));
        for (int i = 0; i < 5; i++) {
            assertThat(call("DELETE", "/things/1", customer.apiKey()).status()).isEqualTo(403);
            assertThat(call("/nothing").status()).isEqualTo(404);
            assertThat(call("PUT", "/things", customer.apiKey()).status()).isEqualTo(405);
            assertThat(call("GET", "/things", "ghk_live_nobody").status()).isEqualTo(401);
            assertThat(call("GET", "/things", customer.secret()).status()).isEqualTo(401);
            assertThat(server.call("orders", "GET", "/things").status()).isEqualTo(401);
            assertThat(server.call(
                                    "orders",
                                    "GET",
                                    "/things",
                                    "Authorization",
                                    "Bearer " + customer.apiKey(),
                                    "X-Api-Key",
                                    customer.apiKey())
                            .status())
                    .isEqualTo(400);
            assertThat(server.token("orders", customer, "grant_type=client_credentials&scope=things%3Aadmin")
                            .status())
                    .isEqualTo(400);
        }
        pass(3, "/things");
    }

    @Test
    void whatOneBucketRefusesIsNotTakenFromTheOthers() {
        limit("\"credential\":" + times(5));
        limitRoute("GET", "/things", times(2));
        pass(2, "/things");
        for (int i = 0; i < 10; i++) {
            tooMany(call("/things"));
        }
        pass(3, "/me");
    }

    @Test
    void aRouteCountsEachCredentialApart() {
        limitRoute("GET", "/things", times(1));
        pass(1, "/things");
        assertThat(call("GET", "/things/1", customer.apiKey()).status()).isEqualTo(200);
        assertThat(call("GET", "/things", server.mint("orders", customer, "things:read"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAddressIsTurnedAwayBeforeItsCredentialIsLookedAt() {
        limit("\"address\":" + times(2));
        pass(2, "/things");
        tooMany(call("GET", "/things", "ghk_live_nobody"));
        tooMany(server.token("orders", customer, "grant_type=client_credentials"));
        tooMany(server.call("orders", "GET", "/open/1"));
        assertThat(call("/nothing").status()).isEqualTo(404);
    }

    @Test
    void openRoutesCountByAddress() {
        limitRoute("*", "/open/**", times(2));
        assertThat(server.call("orders", "GET", "/open/1").status()).isEqualTo(200);
        assertThat(server.call("orders", "GET", "/open/2").header("RateLimit")).startsWith("\"route\";r=0;");
        tooMany(server.call("orders", "GET", "/open/3"));
        assertThat(call("/things").status()).isEqualTo(200);
    }

    @Test
    void aCredentialsOwnRateHoldsBesidesThatOfTheApi() {
        limit("\"credential\":" + times(4));
        limitKey(customer.apiKeyId(), times(2));
        pass(2, "/things");
        limitKey(customer.apiKeyId(), "null");
        pass(2, "/things");
    }

    @Test
    void aCredentialsOwnRateHoldsForTheAdminApiToo() {
        String admin = Setup.role(server, "admin", List.of("orgs:read"), "gatehouse");
        Customer manager = Customer.of(server, customer.organization(), "manager", admin);
        limitKey(manager.apiKeyId(), times(2));
        var key = Secret.of(manager.apiKey());
        for (int i = 0; i < 2; i++) {
            assertThat(server.admin(key, "GET", "/v1/whoami", "").status()).isEqualTo(200);
        }
        Got over = server.admin(key, "GET", "/v1/whoami", "");
        tooMany(over);
        assertThat(over.header("RateLimit")).startsWith("\"key\";r=0;");
    }

    @Test
    void whatIsForgottenIsCounted() {
        assertThat(server.ops("/metrics").text()).contains("gatehouse_limits_forgotten_total 0.0");
    }
}
