package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.server.RunningServer.Got;
import dev.gatehouse.testkit.TestClock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls with bound tokens that are refused for something else: their proofs are good for another try.
class SparedProofTest extends LimitsFixture {
    private final TestClock clock = new TestClock();
    private final ProofKey key = ProofKey.draw();

    private String token() {
        Got got = server.token(
                "orders",
                "grant_type=client_credentials&scope=things%3Aread",
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                key.proof("POST", server.base("orders") + "/oauth2/token", clock.instant()));
        assertThat(got.status()).as(got.text()).isEqualTo(200);
        return got.json().get("access_token").asString();
    }

    private String proof(String token) {
        return key.proof("GET", server.base("orders") + "/things", clock.instant(), token);
    }

    private Got shown(String token, String proof) {
        return server.call("orders", "GET", "/things", ProofKey.shown(token, proof));
    }

    @Test
    void whoIsOverALimitKeepsItsProofAndAProofThatWasUsedCostsNothing() {
        String token = token();
        limit("\"credential\":" + times(1));
        assertThat(shown(token, proof(token)).status()).isEqualTo(200);
        String spared = proof(token);
        tooMany(shown(token, spared));
        limit("\"credential\":" + times(3));
        assertThat(shown(token, spared).status()).isEqualTo(200);
        assertThat(shown(token, spared).status()).as("again").isEqualTo(401);
        assertThat(shown(token, proof(token)).status()).isEqualTo(200);
        tooMany(shown(token, proof(token)));
    }

    /// Nothing that is signed under a key of the caller's own is looked at then.
    @Test
    void whoGuessedTooOftenHasNoSignatureChecked() {
        change(api -> ((ObjectNode) api.get("scopes"))
                .set("openid", RunningServer.JSON.readTree("{\"description\": \"Know who you are\"}")));
        String token = token();
        assertThat(shown(token, "x").status()).isEqualTo(401);
        assertThat(asked("/oauth2/token").status()).isEqualTo(400);
        assertThat(asked("/oauth2/par").status()).isEqualTo(400);
        assertThat(userInfo(token).status()).isEqualTo(401);
        limit("\"guesses\":" + times(1));
        assertThat(call("GET", "/things", "ghk_live_nobody").status()).isEqualTo(401);
        tooMany(shown(token, "x"));
        tooMany(asked("/oauth2/token"));
        tooMany(asked("/oauth2/par"));
        tooMany(userInfo(token));
        tooMany(shown(token, proof(token)));
    }

    private Got asked(String path) {
        return server.form(
                "orders",
                path,
                "grant_type=client_credentials",
                "Authorization",
                RunningServer.basic(customer.clientId(), customer.secret()),
                "DPoP",
                "x");
    }

    private Got userInfo(String token) {
        return server.call("orders", "GET", "/oauth2/userinfo", ProofKey.shown(token, "x"));
    }

    /// What needs nobody is open to whoever shows something as well.
    @Test
    void noProofIsReadWhereNoneIsNeeded() {
        assertThat(server.call("orders", "GET", "/open/a", ProofKey.shown("x", "x"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatLeadsNowhereKeepsItsProof() {
        String token = token();
        String proof = proof(token);
        JsonNode upstream = server.admin("GET", "/v1/apis/orders", "").json().get("upstream");
        change(api -> api.remove("upstream"));
        assertThat(shown(token, proof).status()).isEqualTo(404);
        change((ObjectNode api) -> api.set("upstream", upstream));
        assertThat(shown(token, proof).status()).isEqualTo(200);
        assertThat(shown(token, proof).status()).isEqualTo(401);
    }
}
